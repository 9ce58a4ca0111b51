"""Speed, memory and scale, measured side by side with peers. Not part of the product."""
