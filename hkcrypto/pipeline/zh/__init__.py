"""The parts of the pipeline for Chinese documents."""
