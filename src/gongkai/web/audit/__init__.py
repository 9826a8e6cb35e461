"""The record of every change: who, when, what, with which result; one chain a name, sealed by the database."""
