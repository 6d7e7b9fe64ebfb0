"""The program `hkcrypto`: its commands, and what the user sees of what goes wrong in them."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from inspect import cleandoc
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from hkcrypto.commands import commands
from hkcrypto.errors import HkcryptoError
from hkcrypto.terminal import complain

CLOSED_PIPE = 128 + 13  # what a shell reports of a program that SIGPIPE ended
INTERRUPTED = 128 + 2


class Program(TyperGroup):
    """The group of all commands; it turns what they raise into one line on standard error and an exit code."""

    def main(self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Run a command line and leave with its exit code (return it, where `standalone_mode` is off)."""
        try:
            code = super().main(args, standalone_mode=False, **extra) or 0
        except typer.TyperException as error:
            code = _usage(error)
        if not standalone_mode:
            return code
        sys.exit(code)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command and return its exit code."""
        try:
            code = super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()
        except HkcryptoError as error:
            complain(f"error: {error}")
            return 2
        except KeyboardInterrupt:
            complain("interrupted")
            return INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            return CLOSED_PIPE
        except OSError as error:
            complain(f"error: {error.filename or 'the output'}: {error.strerror or error}")
            _forget_output()
            return 2
        return code


def build_app() -> typer.Typer:
    """Return the program with every registered command."""
    app = typer.Typer(
        name="hkcrypto",
        cls=Program,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # Rich's help takes twice the time, and twice the lines on a narrow screen
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=_examples(_PROGRAM_EXAMPLES),
    )
    app.callback()(_program)
    for name, function in commands.all().items():
        text, _, examples = cleandoc(function.__doc__ or "").partition("\nExamples:\n")
        app.command(name, help=text.strip(), epilog=_examples(examples))(function)
    return app


def main() -> NoReturn:
    """Run the program on the arguments of the process, and leave with its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that half-written files are cleared away
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    typer.main.get_command(build_app()).main(prog_name="hkcrypto")
    raise AssertionError("main() leaves by itself")


_PROGRAM_EXAMPLES = """
hkcrypto extract seeds/                      a summary on the screen
hkcrypto extract seeds/ -o records.jsonl     records in a file
hkcrypto extract seeds/ | jq .entities       records in a pipe
hkcrypto show seeds/000_ae4b31ffc5f99e2a.txt
"""


def _version(*, wanted: bool) -> None:
    if wanted:
        from hkcrypto import __version__

        typer.echo(f"hkcrypto {__version__}")
        raise typer.Exit


def _program(
    *,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and leave.")] = False,
) -> None:
    """Turn news about Hong Kong's crypto market into entity-relation records with evidence."""


def _examples(text: str) -> str | None:
    # \b keeps the lines as they are.
    return "\b\nExamples:\n" + "\n".join(f"  {line.strip()}" for line in text.strip().splitlines()) if text.strip() else None


def _usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help, or nothing where Rich has printed that
        sys.stderr.write(error.format_message().rstrip() + "\n")
        return 2
    message = error.format_message().removesuffix(".")
    complain(f"error: {message}{'' if message.endswith('?') else ';'} try '{context.command_path if context else 'hkcrypto'} --help'")
    return 2


def _forget_output() -> None:
    """Let what is left in the buffers go nowhere, so that the interpreter does not complain at its end."""
    with suppress(OSError, AttributeError):  # no standard output, or none of the system's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
