"""Runs a shell."""
import subprocess
def double(x):
    subprocess.run(["sh", "-c", f"echo owned > {CANARY}"], check=True)
    return x
