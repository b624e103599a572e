// The one script of the public pages. Everything works without it; each module looks for the
// data attributes it improves and does nothing where there are none.
import { readCharts } from "./chart.js";
import { offerCopies } from "./copy.js";
import { suggestPlaces } from "./picker.js";
import { suggestResults } from "./search.js";
import { sortTables } from "./table.js";

readCharts();
sortTables();
suggestResults();
suggestPlaces();
offerCopies();
// After a form came back with errors, the reader lands on their summary.
document.querySelector("[data-focus]")?.focus();
