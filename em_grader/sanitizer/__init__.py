"""Students' text, formulas and pictures without anything that a browser would run."""
