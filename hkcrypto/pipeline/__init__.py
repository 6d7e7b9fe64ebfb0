"""The spaCy pipeline: `models/hk_news/config.cfg` says which parts it has, the modules here are those parts."""
