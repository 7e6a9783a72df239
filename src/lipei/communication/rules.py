"""x."""
def must_hold(l): return ()
def page_must_hold(l,p): return ()
