"""Jingkai (经开): the operating system of an economic development zone."""
