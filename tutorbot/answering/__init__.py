"""From a question to an answer: stand-alone wording, evidence, authored or written text, support, citations."""
