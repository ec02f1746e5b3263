//! Sentences about how something is, and what a mouse does beside clicking: some that pass, and some that fail.

use super::Case;

const PANEL: &str = "<button aria-expanded=false onclick='this.ariaExpanded = true; p.hidden = false'>Payments</button><div id=p hidden>Fees</div>";
const FOLDED: &str = "<details><summary>Fees</summary><p>12 francs</details>";
const TABS: &str = "<div role=tablist><button role=tab aria-selected=true>Search</button><button role=tab aria-selected=false>Saved</button></div>";
const TOGGLE: &str = "<button aria-pressed=false onclick='setTimeout(() => { this.ariaPressed = true })'>Bold</button>";
const FORM: &str = "<form onsubmit='return false'><label>Name <input required></label><label>Code <input aria-invalid=true></label><button>Send</button></form>";
const FIELDSET: &str =
    "<fieldset disabled><label>Name <input></label><button>Send</button></fieldset><a href=/>Help</a>";
const MENU: &str = "<style>nav ul { display: none } nav:hover ul { display: block }</style><nav><a href=#a>Boats</a><ul><li>Kestrel</ul></nav>";
const ROW: &str = "<table><tr ondblclick='o.textContent = `opened`' oncontextmenu='o.textContent = `menu`; return false'><th scope=row>Invoice 17<td>12</table><p id=o>idle</p>";
const LONG: &str = "<p style='height: 3000px'>Top</p><h2>Contact</h2>";

/// Each is true of its page.
pub const TRUE: &[Case] = &[
    ("<button>Save</button>", "the button \"Save\" is enabled"),
    ("<button disabled>Save</button><script>setTimeout(() => { document.querySelector('button').disabled = false }, 300)</script>", "the button \"Save\" is enabled"),
    (FIELDSET, "the text field \"Name\" is disabled"),
    (FIELDSET, "the button \"Send\" is disabled"),
    ("<button aria-disabled=true>Save</button>", "the button \"Save\" is disabled"),
    ("<label>Name <input autofocus></label>", "the text field \"Name\" has the focus"),
    ("<x-f></x-f><script>customElements.define('x-f', class extends HTMLElement { connectedCallback() { const s = this.attachShadow({ mode: 'open' });
        s.innerHTML = '<label>Name <input></label>'; s.querySelector('input').focus() } })</script>", "the text field \"Name\" has the focus"),
    ("<input role=combobox aria-label=Boat aria-activedescendant=k aria-expanded=true autofocus><ul role=listbox><li role=option id=k>Kestrel<li role=option>Heron</ul>",
        "the option \"Kestrel\" has the focus"),
    (FORM, "the text field \"Name\" is required"),
    ("<div role=textbox contenteditable aria-label=Note aria-required=true>x</div>", "the text field \"Note\" is required"),
    (FORM, "the text field \"Code\" is invalid"),
    (FORM, "I click the button \"Send\"\n    Then the text field \"Name\" is invalid"),
    (PANEL, "the button \"Payments\" is closed"),
    (PANEL, "I click the button \"Payments\"\n    Then the button \"Payments\" is open"),
    ("<dialog open aria-label=Terms><p>All</p></dialog>", "the dialog \"Terms\" is open"),
    (TOGGLE, "the button \"Bold\" is not pressed"),
    (TOGGLE, "I click the button \"Bold\"\n    Then the button \"Bold\" is pressed"),
    (TABS, "the tab \"Search\" is selected"),
    (TABS, "the tab \"Saved\" is not selected"),
    (MENU, "I point at the link \"Boats\"\n    Then I see the list item \"Kestrel\""),
    (ROW, "I double-click the row \"Invoice 17\"\n    Then I see the text \"opened\""),
    (ROW, "I right-click the row \"Invoice 17\"\n    Then I see the text \"menu\""),
    (LONG, "I scroll to the heading \"Contact\"\n    Then the heading \"Contact\" is at the lower left of the window"),
    ("<a href=/dot.svg>Dot</a>", "I click the link \"Dot\"\n    And I go back\n    Then I see the link \"Dot\""),
    ("<a href=/late>Late</a>", "I click the link \"Late\"\n    And I go back\n    And I go forward\n    Then I see the text \"Too late\""),
    ("<p id=o>first</p><script>if (performance.getEntriesByType('navigation')[0].type === 'reload') o.textContent = 'again'</script>",
        "I see the text \"first\"\n    When I reload the page\n    Then I see the text \"again\""),
];

/// None is true of its page.
pub const FALSE: &[Case] = &[
    ("<button disabled>Save</button>", "the button \"Save\" is enabled"),
    (FIELDSET, "the text field \"Name\" is enabled"),
    (FIELDSET, "the link \"Help\" is disabled"),
    (
        "<button disabled>Save</button><script>setTimeout(() => { document.querySelector('button').disabled = false }, 20)</script>",
        "the button \"Save\" is disabled",
    ),
    (
        "<label>Name <input></label><label>Code <input autofocus></label>",
        "the text field \"Name\" has the focus",
    ),
    (
        "<div role=dialog aria-label=Terms><input aria-label=Name autofocus></div>",
        "the dialog \"Terms\" has the focus",
    ),
    (FORM, "the text field \"Code\" is required"),
    (
        "<p>Name (required)</p>",
        "the paragraph \"Name (required)\" is required",
    ),
    (FORM, "the text field \"Name\" is invalid"),
    (
        "<label>Code <input aria-invalid=false></label>",
        "the text field \"Code\" is invalid",
    ),
    (PANEL, "the button \"Payments\" is open"),
    ("<button>Send</button>", "the button \"Send\" is closed"),
    ("<button>Send</button>", "the button \"Send\" is open"),
    (FOLDED, "the text \"Fees\" is open"),
    (TOGGLE, "the button \"Bold\" is pressed"),
    ("<button>Send</button>", "the button \"Send\" is not pressed"),
    (
        "<button aria-pressed=mixed>Bold</button>",
        "the button \"Bold\" is not pressed",
    ),
    (TABS, "the tab \"Saved\" is selected"),
    (TABS, "the tab \"Search\" is not selected"),
    ("<h1>Search</h1>", "the heading \"Search\" is not selected"),
    (
        "<nav><a href=#a style='opacity: 0'>Boats</a></nav>",
        "I point at the link \"Boats\"",
    ),
    (
        "<p style='position: relative'><button>Save</button><b style='position: absolute; inset: 0; background: #fff'></b></p>",
        "I double-click the button \"Save\"",
    ),
    ("<button disabled>Save</button>", "I right-click the button \"Save\""),
    (LONG, "I scroll to the heading \"Imprint\""),
    (
        "<a href=/late>Late</a>",
        "I click the link \"Late\"\n    And I go back\n    Then I see the text \"Too late\"",
    ),
    (
        "<a href=/late>Late</a>",
        "I go forward\n    Then I see the text \"Too late\"",
    ),
    ("<p>first</p>", "I reload the page\n    Then I see the text \"second\""),
];
