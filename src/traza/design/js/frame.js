// The one script of the public pages. Everything works without it; each module looks for the
// data attributes it improves and does nothing where there are none.
