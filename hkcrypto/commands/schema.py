"""`hkcrypto schema`: the shape of a record."""

import json
from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import FramesOption
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream


@commands.register("schema")
def schema(
    corpus: Annotated[bool, typer.Option("--corpus", help="That of a corpus record.")] = False,
    frames: FramesOption = None,
) -> None:
    """Write the JSON Schema (draft 2020-12) of a record.

    Examples:
    hkcrypto schema > record.schema.json
    hkcrypto schema --corpus > corpus.schema.json
    hkcrypto schema | jq '.["$defs"].Relation.properties.type.enum'
    """
    from hkcrypto.corpus.model import corpus_schema
    from hkcrypto.frames import load_frames
    from hkcrypto.schema import record_schema

    relations = sorted(load_frames(load_settings().override(frames=frames).frames).relations)
    content = corpus_schema(relations) if corpus else record_schema(relations)
    data_stream().write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
