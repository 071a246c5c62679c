"""Decision models of OMG DMN: read from 1.1 to 1.6, written as 1.5, evaluated."""
