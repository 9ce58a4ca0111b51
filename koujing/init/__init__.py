"""`koujing init`: what a content repo needs. `folder` looks, `guessing` and `texts` say what should stand there, `plan`
holds that against what does, `command` writes."""
