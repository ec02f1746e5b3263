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
    ("<x-b aria-disabled=true>Save</x-b><script>customElements.define('x-b',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<button><slot></slot></button>'}})</script>", "the button \"Save\" is disabled"),
    ("<fieldset disabled><legend>G</legend><input></fieldset>", "the group \"G\" is disabled"),
    ("<x-f>Bold</x-f><script>customElements.define('x-f',class extends HTMLElement{constructor(){super();const i=this.attachInternals();i.role='button';i.ariaPressed='true';this.tabIndex=0}})</script>", "the button \"Bold\" is pressed"),
    ("<div role=radiogroup aria-label=Size aria-required=true><input type=radio aria-label=S></div>", "the group \"Size\" is required"),
    ("<style>.was-validated input:invalid{border-color:red}</style><form novalidate onsubmit=\"this.classList.add('was-validated');return false\"><label>Name <input required></label><button>Send</button></form>", "I click the button \"Send\"\n    Then the text field \"Name\" is invalid"),
    ("<div role=combobox aria-label=Boat aria-expanded=false><input autofocus></div>", "the selection list \"Boat\" has the focus"),
    ("<label for=i>Name</label><x-f id=i></x-f><script>customElements.define('x-f',class extends HTMLElement{static formAssociated=true;constructor(){super();this.attachInternals().role='textbox';const s=this.attachShadow({mode:'closed',delegatesFocus:true});s.innerHTML='<input>'}connectedCallback(){this.focus()}})</script>", "the text field \"Name\" has the focus"),
    ("<div role=dialog aria-label=Terms aria-modal=true><p>x</p></div>", "the dialog \"Terms\" is open"),
    ("<button popovertarget=m>Menu</button><div id=m popover>Hi</div>", "the button \"Menu\" is closed"),
    ("<button popovertarget=m>Menu</button><div id=m popover>Hi</div>", "I click the button \"Menu\"\n    Then the button \"Menu\" is open"),
    ("<button popovertarget=m>Menu</button><div id=m popover role=menu aria-label=Acts><p role=menuitem>Hi</div>", "I click the button \"Menu\"\n    Then the menu \"Acts\" is open"),
    ("<button command=show-modal commandfor=m>More</button><dialog id=m aria-label=D>Hi</dialog>", "I click the button \"More\"\n    Then the dialog \"D\" is open"),
    ("<x-d></x-d><script>customElements.define('x-d',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<button aria-expanded=false>Fees</button>'}})</script>", "the button \"Fees\" is closed"),
    ("<ul role=tree><li role=treeitem aria-expanded=true>A<ul role=group><li role=treeitem>B</ul></ul>", "the tree item \"A\" is open"),
    ("<ul role=listbox aria-label=L><li role=option aria-checked=true>A<li role=option aria-checked=false>B</ul>", "the option \"A\" is selected"),
    ("<table role=grid><tr aria-selected=true><td>Ada<td>24</table>", "the row \"Ada\" is selected"),
    ("<p style='width:220px;font:16px monospace'>aaaa bbbb cccc dddd <a href=#x onmouseenter='o.textContent=`over`'>Terms and</a> eeee</p><p id=o></p>", "I point at the link \"Terms and\"\n    Then I see the text \"over\""),
    ("<input id=i role=combobox aria-label=B aria-expanded=true autofocus><ul role=listbox><li role=option id=k>Kestrel<li role=option>Heron</ul><script>i.ariaActiveDescendantElement=k</script>", "the option \"Kestrel\" has the focus"),
    ("<label>A <input type=date autofocus></label>", "the date field \"A\" has the focus"),
    ("<div role=spinbutton aria-label=V aria-valuenow=3><input autofocus value=3><button>+</button></div>", "the number field \"V\" has the focus"),
    ("<button role=switch aria-checked=true>Dark</button>", "the switch \"Dark\" is ticked"),
    ("<x-f aria-label=Name>x</x-f><script>customElements.define('x-f', class extends HTMLElement { constructor() { super(); const i = this.attachInternals(); i.role = 'textbox'; i.ariaRequired = 'true'; this.tabIndex = 0 } })</script>", "the text field \"Name\" is required"),
    ("<x-f aria-label=Name>x</x-f><script>customElements.define('x-f', class extends HTMLElement { constructor() { super(); const i = this.attachInternals(); i.role = 'textbox'; i.ariaInvalid = 'true'; this.tabIndex = 0 } })</script>", "the text field \"Name\" is invalid"),
    ("<button disabled><span>Save</span></button>", "the text \"Save\" is disabled"),
    ("<div role=combobox aria-label=Boat tabindex=0><span>Boat</span></div>", "the selection list \"Boat\" is empty"),
    ("<div role=combobox aria-label=Boat tabindex=0><span>Kestrel</span> <span>Boat</span></div>", "the selection list \"Boat\" holds \"Kestrel\""),
    ("<button ondblclick='o.textContent=`d`'>Go</button><p id=o></p>", "I double-click the button \"Go\"\n    Then I see the text \"d\""),
    ("<button onclick='this.textContent=`Gone`' ondblclick='o.textContent=`dd`'>Go</button><p id=o></p>", "I double-click the button \"Go\"\n    Then I see the text \"dd\""),
    ("<label>N <input value='Ada Lovelace'></label>", "I double-click the text field \"N\""),
    ("<label>C <select><option>A</select></label>", "I double-click the selection list \"C\""),
    ("<iframe title=F srcdoc='<button ondblclick=\"this.textContent=1\">Go</button>'></iframe>", "I double-click the button \"Go\" in the frame \"F\"\n    Then I see the button \"1\" in the frame \"F\""),
    ("<button oncontextmenu='o.textContent=`menu`;return false'>Go</button><p id=o></p>", "I right-click the button \"Go\"\n    Then I see the text \"menu\""),
    ("<button oncontextmenu='return false'>A</button><button onclick='o.textContent=`b`'>B</button><p id=o></p>", "I right-click the button \"A\"\n    And I click the button \"B\"\n    Then I see the text \"b\""),
    ("<button ondblclick='location=`/late`'>Go</button>", "I double-click the button \"Go\"\n    Then I see the text \"Too late\""),
    ("<a href=/late>Go</a>", "I double-click the link \"Go\"\n    Then I see the text \"Too late\""),
    ("<button onclick='alert(1)'>Go</button>", "I double-click the button \"Go\"\n    Then I am asked \"1\"\n    When I agree"),
    ("<button onmousedown='confirm(`x`)'>Go</button>", "I right-click the button \"Go\"\n    Then I am asked \"x\"\n    When I agree"),
    ("<style>u{display:none}b:hover+u{display:inline}</style><b>Help</b><u>Tip</u><p>Other</p>", "I point at the text \"Help\"\n    And I point at the text \"Other\"\n    Then I do not see the text \"Tip\""),
    ("<a href=#two>Two</a><p id=o></p><script>onhashchange=()=>{o.textContent=location.hash||'none'}</script>", "I click the link \"Two\"\n    And I go back\n    Then I see the text \"none\""),
    ("<button onclick='history.pushState(1,``,`/c/x`);o.textContent=`two`'>Two</button><p id=o>one</p><script>onpopstate=()=>{o.textContent='one again'}</script>", "I click the button \"Two\"\n    And I go back\n    Then I see the text \"one again\""),
    ("<p>x</p>", "I open \"/late\"\n    And I go back\n    Then I see the text \"x\""),
    ("<span title=Why><button disabled style='pointer-events: none'>Save</button></span>", "I point at the button \"Save\""),
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
    ("<h1>Save</h1>", "the heading \"Save\" is enabled"),
    ("<p>Save</p>", "the text \"Save\" is enabled"),
    ("<p>Save</p>", "the paragraph \"Save\" is disabled"),
    (
        "<a href=#x style='pointer-events:none;opacity:.5'>Save</a>",
        "the link \"Save\" is enabled",
    ),
    (
        "<style>.Mui{pointer-events:none}</style><button class=Mui>Save</button>",
        "the button \"Save\" is enabled",
    ),
    (
        "<x-b>Save</x-b><script>customElements.define('x-b',class extends HTMLElement{constructor(){super();const i=this.attachInternals();i.role='button';i.ariaDisabled='true';this.tabIndex=0}})</script>",
        "the button \"Save\" is enabled",
    ),
    (
        "<x-f disabled>Save</x-f><script>customElements.define('x-f',class extends HTMLElement{static formAssociated=true;constructor(){super();this.attachInternals().role='button'}})</script>",
        "the button \"Save\" is enabled",
    ),
    (
        "<div role=tablist><div role=tab aria-selected=false aria-disabled=true tabindex=0>T</div></div>",
        "the tab \"T\" is enabled",
    ),
    (
        "<label>V <input type=range required></label>",
        "the slider \"V\" is required",
    ),
    (
        "<label>Name <input aria-invalid=''></label>",
        "the text field \"Name\" is invalid",
    ),
    (
        "<label>Name <input required readonly aria-invalid=false></label>",
        "the text field \"Name\" is invalid",
    ),
    (
        "<form novalidate onsubmit='return false'><label>Name <input required></label><button>Send</button></form>",
        "I click the button \"Send\"\n    Then the text field \"Name\" is invalid",
    ),
    (
        "<label>Code <input aria-invalid=true></label><script>setTimeout(()=>document.querySelector('input').removeAttribute('aria-invalid'),50)</script>",
        "the text field \"Code\" is invalid",
    ),
    (
        "<button onclick='setTimeout(()=>f.focus(),200)'>Next</button><input id=f>",
        "I click the button \"Next\"\n    Then the button \"Next\" has the focus",
    ),
    (
        "<button popovertarget=m>Menu</button><div id=m popover>Hi</div>",
        "the button \"Menu\" is open",
    ),
    (
        "<button aria-expanded=true aria-controls=p>Fees</button><div id=p hidden>12</div>",
        "the button \"Fees\" is open",
    ),
    (
        "<button aria-expanded=true>Fees</button><script>setTimeout(()=>document.querySelector('button').ariaExpanded=false,100)</script>",
        "the button \"Fees\" is open",
    ),
    ("<dialog open aria-label=D>x</dialog>", "the dialog \"D\" is closed"),
    (
        "<button aria-pressed=true onclick='setTimeout(()=>{this.ariaPressed=false},150)'>Bold</button>",
        "I click the button \"Bold\"\n    Then the button \"Bold\" is pressed",
    ),
    ("<a href=#x aria-pressed=true>Bold</a>", "the link \"Bold\" is pressed"),
    (
        "<button aria-pressed=''>Bold</button>",
        "the button \"Bold\" is not pressed",
    ),
    (
        "<div role=tablist><button role=tab aria-selected=true onclick='setTimeout(()=>{this.ariaSelected=false},150)'>A</button></div>",
        "I click the tab \"A\"\n    Then the tab \"A\" is selected",
    ),
    (
        "<button>Save</button><script>const b=document.querySelector('button');addEventListener('pointermove',()=>{b.remove()},{once:true,capture:true})</script>",
        "I right-click the button \"Save\"",
    ),
    (
        "<p style='width:120px'>aaaa bbbb cc <a href=#x onmouseenter='o.textContent=`over`'>Terms and conditions of ours</a></p><p id=o></p>",
        "I point at the link \"Terms and conditions of ours\"\n    Then I do not see the text \"over\"",
    ),
    ("<p>x</p>", "I go back"),
    ("<p>x</p>", "I go forward"),
    (
        "<input id=i role=combobox aria-label=B aria-expanded=true aria-activedescendant=k><button autofocus>X</button><ul role=listbox><li role=option id=k>Kestrel<li role=option>Heron</ul>",
        "the option \"Kestrel\" has the focus",
    ),
    (
        "<dialog id=d><button>Yes</button></dialog><button autofocus>Save</button><script>d.showModal()</script>",
        "the button \"Save\" has the focus",
    ),
    (
        "<button onclick='this.blur()'>Go</button>",
        "I click the button \"Go\"\n    Then the button \"Go\" has the focus",
    ),
    (
        "<button style='outline:none' onmousedown='event.preventDefault()'>Go</button>",
        "I click the button \"Go\"\n    Then the button \"Go\" has the focus",
    ),
    (
        "<ul role=listbox tabindex=0 id=l aria-label=L autofocus><li role=option aria-selected=true>A<li role=option>B</ul>",
        "the option \"A\" has the focus",
    ),
    (
        "<div role=spinbutton aria-label=V aria-valuenow=3>3<button autofocus>+</button></div>",
        "the number field \"V\" has the focus",
    ),
    (
        "<label><input type=checkbox checked> Fast</label><script>setTimeout(()=>{document.querySelector('input').checked=false},100)</script>",
        "the check box \"Fast\" is ticked",
    ),
    (
        "<button role=switch aria-pressed=true>Dark</button>",
        "the switch \"Dark\" is ticked",
    ),
    (
        "<label>Name <input value=Ada></label><script>setTimeout(()=>{document.querySelector('input').value='Bob'},100)</script>",
        "the text field \"Name\" holds \"Ada\"",
    ),
    (
        "<label>C <select><option>A</select></label>",
        "the selection list \"C\" is empty",
    ),
    (
        "<div style='display:flex;width:100px;overflow:hidden'><button style='flex:none;width:100px'>A</button><button style='flex:none'>B</button></div>",
        "I see the button \"B\"",
    ),
    ("<div inert><p>Save</p></div>", "I double-click the text \"Save\""),
    (
        "<x-f aria-label=Name>x</x-f><script>customElements.define('x-f', class extends HTMLElement { constructor() { super(); const i = this.attachInternals(); i.role = 'button'; i.ariaPressed = 'true'; this.tabIndex = 0 } })</script>",
        "the button \"Name\" is not pressed",
    ),
    (
        "<button disabled><span>Save</span></button>",
        "the text \"Save\" is enabled",
    ),
    (
        "<div role=combobox aria-label=Boat tabindex=0><span>Boat</span></div>",
        "the selection list \"Boat\" holds \"Boat\"",
    ),
    (
        "<div role=combobox aria-label=Boat tabindex=0><span>Kestrel</span> <span>Boat</span></div>",
        "the selection list \"Boat\" is empty",
    ),
    (
        "<div id=w><button onclick='w.innerHTML=`<button onclick=\"o.textContent=String.fromCharCode(111,117,99,104)\">Delete</button>`'>Go</button></div><p id=o></p>",
        "I double-click the button \"Go\"\n    Then I do not see the text \"ouch\"",
    ),
    (
        "<button style='position:fixed;left:-500px'>Go</button>",
        "I double-click the button \"Go\"",
    ),
    (
        "<iframe title=F srcdoc='<button disabled>Go</button>'></iframe>",
        "I double-click the button \"Go\" in the frame \"F\"",
    ),
    (
        "<button onclick='history.pushState(1,``,`/c/x`);o.textContent=`two`'>Two</button><p id=o>one</p>",
        "I click the button \"Two\"\n    And I go back\n    Then I do not see the text \"two\"",
    ),
    (
        "<a href=/late>Late</a>",
        "I click the link \"Late\"\n    And I go back\n    And I go back",
    ),
    (
        "<a href=/late>Late</a>",
        "I click the link \"Late\"\n    And I go back\n    And I go forward\n    And I go forward",
    ),
    (
        "<script>history.pushState(1,'','?a');onpopstate=()=>history.pushState(1,'','?a')</script><p>x</p>",
        "I go back\n    Then I am at \"/late\"",
    ),
    (
        "<div id=w><button>Save</button></div><script>document.querySelector('button').addEventListener('pointerdown', () => {}); addEventListener('pointerover', () => { w.innerHTML = '<button>Drop</button>' }, { once: true, capture: true })</script>",
        "I double-click the button \"Save\"",
    ),
    (
        "<div id=w><button>Save</button></div><script>document.querySelector('button').addEventListener('pointerdown', () => {}); addEventListener('pointerover', () => { w.innerHTML = '<button>Drop</button>' }, { once: true, capture: true })</script>",
        "I right-click the button \"Save\"",
    ),
    (
        "<p style='position: relative'><button>Save</button><b style='position: absolute; inset: 0; background: #fff'></b></p>",
        "I point at the button \"Save\"",
    ),
];
