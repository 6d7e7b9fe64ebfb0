"""`hkcrypto schema`: the shape of a record."""

import json

from hkcrypto.commands import commands
from hkcrypto.commands._options import FramesOption
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream


@commands.register("schema")
def schema(frames: FramesOption = None) -> None:
    """Write the JSON Schema (draft 2020-12) of a record.

    Examples:
    hkcrypto schema > record.schema.json
    hkcrypto schema | jq '.["$defs"].Relation.properties.type.enum'
    """
    from hkcrypto.frames import load_frames
    from hkcrypto.schema import record_schema

    data_stream().write(
        json.dumps(
            record_schema(sorted(load_frames(load_settings().override(frames=frames).frames).relations)), ensure_ascii=False, indent=2
        )
        + "\n"
    )
