"""The skins: a wish in, one call, events out."""
