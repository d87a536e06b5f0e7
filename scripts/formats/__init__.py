"""Sample notices in every format that offices send them in: what `scripts/make-formats` writes."""
