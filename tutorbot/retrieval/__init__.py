"""Finding the passages that answer a question: passages, dense and lexical index, fusion."""
