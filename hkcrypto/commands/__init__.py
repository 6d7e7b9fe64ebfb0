"""The commands of the program: one file each, which registers its function; `__main__` makes the program of them.

The docstring of a command is its help; what follows the line `Examples:` is shown at the end of it. A command returns
its exit code (None is 0). It imports what is heavy inside its function, so that `--help` answers at once.
"""

from collections.abc import Callable

from hkcrypto.plugins import Registry

commands: Registry[Callable[..., int | None]] = Registry("hkcrypto.commands")
