"""Articles, of which two contradict each other."""

ACROSS = "---\ntitle: 职工医保家庭共济指南\ndate: 2025-03-11\n---\n\n职工医保个人账户的家庭共济已经可以跨省使用。\n"
WITHIN = "---\ntitle: 家庭共济常见问题\ndate: 2025-04-02\n---\n\n家庭共济目前不能跨省使用。\n"
FUND = "---\ntitle: 家庭共济与统筹基金\ndate: 2025-04-02\n---\n\n统筹基金不能给家人共享。\n"
