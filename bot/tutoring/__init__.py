"""Teaching: explanations at a level, quizzes, corrections, hints before solutions, help with code."""
