"""The parts of the ask tab: answers in their forms, chips, and what can be done with an answer."""
