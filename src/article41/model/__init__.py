"""The words of the field as frozen data: no input or output, no framework, no policy."""
