"""`hkcrypto frames`: by what relations are found, and whether the examples hold."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import FramesOption, extraction_options
from hkcrypto.settings import Settings, load_settings
from hkcrypto.terminal import data_stream, visible

if TYPE_CHECKING:
    from hkcrypto.frames import Frame, RelationType

Action = Literal["list", "test"]
ACTION_HELP = "What to do: list or test."
RELATIONS_HELP = "Only these relations."
FORMAT_HELP = "text or json. [default: text]"


@commands.register("frames")
def frames(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=ACTION_HELP, show_default=False)],
    relations: Annotated[list[str] | None, typer.Argument(metavar="[RELATION]...", help=RELATIONS_HELP, show_default=False)] = None,
    format: Annotated[Literal["text", "json"] | None, typer.Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    frames: FramesOption = None,
) -> int:
    """Show the frames by which relations are found, or run their examples.

    list: every relation with its signature, and its frames with the words that set them off.
    test: the sentences of the frame files that must (finds) and must not (ignores) give a relation; a fault a line.

    A file of your own for --frames may hold a relation of its own, or more frames for a known one.
    Exit code: 0 all is right, 1 an example does not hold, 2 wrong usage.

    Examples:
    hkcrypto frames list acquires
    hkcrypto frames test
    hkcrypto frames test --frames own.yaml
    """
    settings = load_settings().override(frames=frames).override(relations=relations)
    chosen = _chosen(settings)
    return _list(chosen, as_json=format == "json") if action == "list" else _test(chosen, settings, as_json=format == "json")


def _chosen(settings: Settings) -> "list[RelationType]":
    """Return the relations that are asked for, all where none is. Raises ConfigError where one is unknown."""
    from hkcrypto.frames import load_frames

    wanted = extraction_options(settings).relations
    return [relation for name, relation in load_frames(settings.frames).relations.items() if not wanted or name in wanted]


def _list(relations: "list[RelationType]", *, as_json: bool) -> int:
    if as_json:
        _write_json([_row(relation) for relation in relations])
    else:
        _write_lines(line for relation in relations for line in _lines(relation))
    return 0


def _row(relation: "RelationType") -> dict[str, Any]:
    return {
        "relation": relation.name,
        "subject": sorted(relation.subject),
        "object": sorted(relation.object),
        "symmetric": relation.symmetric,
        "qualifiers": {name: sorted(values) for name, values in relation.qualifiers.items()},
        "frames": [{"id": frame.id, **{kind: list(words) for kind, words in frame.triggers.items()}} for frame in relation.frames],
        "finds": len(relation.finds),
        "ignores": len(relation.ignores),
    }


def _lines(relation: "RelationType") -> Iterator[str]:
    arrow = "↔" if relation.symmetric else "→"
    yield f"{relation.name}: {' '.join(sorted(relation.subject))} {arrow} {' '.join(sorted(relation.object))}"
    yield from (f"  {frame.id}: {_triggers(frame)}" for frame in relation.frames)


def _triggers(frame: "Frame") -> str:
    return "; ".join(f"{kind} {', '.join(words)}" for kind, words in frame.triggers.items())


def _test(relations: "list[RelationType]", settings: Settings, *, as_json: bool) -> int:
    from hkcrypto.pipeline.examples import faults
    from hkcrypto.pipeline.model import load_pipeline

    nlp = load_pipeline(settings.model, frames=settings.frames)
    found = [
        {"relation": relation.name, "kind": kind, "text": example.text, "fault": fault}
        for relation in relations
        for kind, examples in (("finds", relation.finds), ("ignores", relation.ignores))
        for example in examples
        if (fault := faults(nlp, relation, example, find=kind == "finds"))
    ]
    if as_json:
        _write_json({"examples": sum(len(r.finds) + len(r.ignores) for r in relations), "faults": found})
    else:
        _write_lines(f"{row['relation']} {row['kind']}: {row['text']} — {row['fault']}" for row in found)
    return 1 if found else 0


def _write_json(content: list[dict[str, Any]] | dict[str, Any]) -> None:
    data_stream().write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _write_lines(lines: Iterator[str]) -> None:
    out = data_stream()
    for line in lines:
        out.write(visible(line) + "\n")
