"""Translation: what must stay as it is, the words of the company, pieces of long texts, and the model that writes."""
