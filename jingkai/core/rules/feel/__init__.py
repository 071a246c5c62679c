"""FEEL 1.5, the Friendly Enough Expression Language of OMG DMN 1.5, chapter 10."""
