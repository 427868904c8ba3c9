"""`course publish`: the repository that students get, made by an allow-list and searched for answers before it is."""
