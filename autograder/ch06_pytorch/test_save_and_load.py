import pytest

from autograder.ch06_pytorch import probes
from course_lib.grading import assert_close, fail, refuses

NO_STATE_DICT = ("text", "empty", "half", "list", "tensor", "nothing")
OTHER_CONTENT = ("dictionary", "too much", "lists", "model")
OTHER_BUILD = ("wider", "shorter", "longer", "renamed", "norm")


def test_file_holds_the_state_dict(student):
    """The file holds the state dict, parameters and running statistics alike, and nothing else.

    Read your file with `torch.load` and compare its names with those of `model.state_dict()`.
    """
    for build in ("plain", "norm"):
        result = student.run(probes.saved, build)

        assert_close(result["content"], result["before"], rtol=0, name="content of the file")


def test_file_is_replaced(student):
    """A file that is there already is replaced by the new numbers.

    Whoever saves after every epoch wants the last one.
    """
    result = student.run(probes.saved_over, "norm")

    assert_close(result["content"], result["before"], rtol=0, name="content of the file")


def test_loaded_network_has_the_same_numbers(student):
    """After loading, the network has the numbers of the file, and predicts what the saved one predicts.

    Running statistics of batch norm belong to the numbers.
    """
    for build in ("plain", "norm"):
        result = student.run(probes.loaded, build, "evaluation")

        assert_close(result["found"], result["wanted"], rtol=0, name="state dict")
        assert_close(result["predictions"][1], result["predictions"][0], rtol=0, name="tensor of predictions")


def test_parameters_are_the_same_objects(student):
    """The numbers are put into the parameters that the network has, which an optimizer may hold.

    New objects in their place leave the optimizer with the old ones.
    """
    result = student.run(probes.loaded, "norm", "training")

    assert_close(result["held"], result["parameters"], rtol=0, name="list of parameters that the optimizer holds")


@pytest.mark.supporting
def test_mode_is_as_before(student):
    """Loading does not change whether the model is in training or evaluation mode.

    The caller knows what the network is for.
    """
    for mode in ("training", "evaluation"):
        result = student.run(probes.loaded, "norm", mode)

        assert_close(result["training"], mode == "training", name="training mode afterwards")


def test_path_may_be_text(student):
    """A path may be a string or a `pathlib.Path`.

    torch takes both; hand it on as it is.
    """
    result = student.run(probes.saved_as_text, "plain")
    assert_close(result["content"], result["before"], rtol=0, name="content of the file")

    result = student.run(probes.loaded_as_text, "plain")
    assert_close(result["found"], result["wanted"], rtol=0, name="state dict")


def test_there_and_back(student):
    """What was saved comes back, although the network has changed meanwhile, and saving changes nothing.

    Save, go on training, load: that is how one returns to the best epoch.
    """
    for build in ("norm", "plain"):
        before, after = student.run(probes.there_and_back, build)

        assert_close(after, before, rtol=0, name="state dict")
    result = student.run(probes.saved, "norm")
    assert_close(result["after"], result["before"], rtol=0, name="state dict after saving")


@pytest.mark.supporting
def test_refuses_what_is_no_file_of_weights(student):
    """Text, an empty file, half a file and other objects are refused with `ValueError`, and the path is shown.

    What `torch.load` raises depends on the first bytes; what it returns need not be a dictionary.
    """
    for kind in NO_STATE_DICT:
        with refuses("path", shown="fourth.pth"):
            student.run(probes.load_something_else, kind)
    with refuses("path", shown="fourth.pth"):
        student.run(probes.load_something_else, "list", "rule")  # a model that has no parameters


@pytest.mark.supporting
def test_refuses_dictionaries_of_something_else(student):
    """A dictionary that is no state dict is refused, and so is a whole model.

    Its values may be whole numbers, lists or further dictionaries. They have no shape.
    """
    for kind in OTHER_CONTENT:
        with refuses("path", shown="fourth.pth"):
            student.run(probes.load_something_else, kind)


@pytest.mark.supporting
def test_refuses_another_architecture(student):
    """The weights of another architecture are refused with `ValueError`, and the path is shown.

    Other shapes, a name too few, a name too many: none of it fits.
    """
    for build in OTHER_BUILD:
        with refuses("path", shown="fourth.pth"):
            student.run(probes.load_something_else, build)


@pytest.mark.supporting
def test_refused_file_leaves_the_model_alone(student):
    """When a file is refused, the model has all the numbers that it had before.

    Compare names and shapes first; `load_state_dict` finds out when half of the tensors are copied.
    """
    for kind in (*OTHER_BUILD, *OTHER_CONTENT):
        result = student.run(probes.after_refusal, kind)

        assert_close(result["after"], result["before"], rtol=0, name="state dict after a file was refused")


@pytest.mark.supporting
def test_nothing_in_a_file_is_run(student):
    """No code from a file runs while it is loaded.

    `weights_only=True` reads tensors and refuses everything else.
    """
    for kind in ("bomb", "pickle"):
        result = student.run(probes.after_refusal, kind)

        if result["exploded"]:
            fail("A line of code that was hidden in the file has run.")
        assert_close(result["raised"], "ValueError", name="kind of error")


@pytest.mark.supporting
def test_missing_file_is_a_missing_file(student):
    """A file that does not exist raises `FileNotFoundError`.

    It is another mistake than a wrong file, and has another remedy.
    """
    assert_close(student.run(probes.load_nothing), "FileNotFoundError", name="kind of error")
