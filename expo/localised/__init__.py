"""Dates where no filter of ours says how, in the administration above all: as pages write them, not as in the US."""
