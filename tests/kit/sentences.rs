//! Every sentence of the vocabulary that works on any page, on pages where it is true and on pages where it is false.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::steps::vocabulary;
use docent::suite::record::{Record, Verdict};

use super::support::{Kit, serve};

/// What stands in the page's body, and the step that is played on it.
type Case = (&'static str, &'static str);

const CHECK: &str = "<label><input type=checkbox> Fragile</label>";
const TICKED: &str = "<label><input type=checkbox checked> Fragile</label>";
const SELECT: &str = "<label>Year <select><option>2023<option>2024</select></label>";
const HOVER: &str = "<style>#menu { display: none } nav:hover #menu { display: block }</style><nav><a href=#w>Week</a><div id=menu>Monday</div></nav>";
const MENU: &str = "<span id=l>Course</span><button role=combobox aria-labelledby=l aria-expanded=false onclick=\"this.ariaExpanded = true; list.hidden = false\">Choose</button>
    <ul role=listbox id=list aria-label=Course hidden><li role=option onclick=\"document.querySelector('button').textContent = 'Stew'; list.hidden = true\">Stew</li><li role=option>Soup</li></ul>";
const TAGS: &str = "<div style='border: 1px solid'><span id=tags></span><label for=c>Lights</label><input id=c style='border: 0' role=combobox aria-controls=lamps aria-expanded=false onfocus=\"lamps.hidden = false\"
    onclick=\"lamps.hidden = false; this.ariaExpanded = true\"></div><ul role=listbox id=lamps hidden><li role=option onclick=\"tags.textContent = 'Flares'; lamps.hidden = true\">Flares</li></ul>";
const HIDING: &str = "<div id=d role=dialog aria-label=New><button role=combobox aria-label=Fruit aria-expanded=false onclick=\"this.ariaExpanded = true; d.ariaHidden = true;
    document.body.insertAdjacentHTML('beforeend', `<ul role=listbox><li role=option onclick='take(this)'>Plum</li></ul>`)\">none</button></div>
    <script>const take = (option) => { document.querySelector('button').textContent = option.textContent; option.parentElement.remove(); d.removeAttribute('aria-hidden') }</script>";
const SLIDER: &str = "<label>Weight <input type=range min=0 max=40 value=10></label>";
const HAND_MADE_SLIDER: &str = "<div role=slider tabindex=0 aria-label=Volume aria-valuemin=0 aria-valuemax=90 aria-valuenow=40 style='width: 90px; height: 20px; background: #cde'></div>
    <script>const s = document.querySelector('[role=slider]'); s.onkeydown = ({ key }) => { if (key.startsWith('Arrow')) s.ariaValueNow = Number(s.ariaValueNow) + (key === 'ArrowRight' ? 5 : -5) }</script>";
const ROWS: &str = "<table><tr><th>Name<th>Fee<tr><th scope=row>Ada<td>12<tr><th scope=row>Bo<td>24</table>";
const ASKS_LATE: &str = "<script>addEventListener('load', () => setTimeout(() => confirm('Sure?'), 700))</script>";
const ASKS: &str = "<button onclick=\"document.title = confirm('Sure?')\">Go</button><script>setTimeout(() => confirm('Sure?'))</script>";
const PROMPTS: &str = "<p id=o></p><script>setTimeout(() => { o.textContent = prompt('Name?') })</script>";

const ANSWERS: &str = "<button onclick=\"fetch('/late').then((answer) => answer.text()).then((text) => { o.textContent = text })\">Go</button><p id=o>Draft</p>";
const SELECT_OF_MANY: &str = "<label for=c>Lights</label><div style='border: 1px solid; display: flex'><div class=chip>Flares<button aria-label='Remove Flares'>×</button></div>
    <input id=c style='border: 0' role=combobox></div>";
const EMPTY_SELECT: &str =
    "<label for=c>Lights</label><div style='border: 1px solid; display: flex'><div class=my__placeholder>Select…</div>
    <input id=c style='border: 0' role=combobox><button>▾ Open</button></div>";
/// A list whose option does `onclick` and leaves the field empty.
macro_rules! list_beside {
    ($beside:literal, $onclick:literal) => {
        concat!(
            "<div>", $beside, "<input aria-label=Land role=combobox aria-controls=lands aria-expanded=false onfocus='lands.hidden = false'
                onclick='lands.hidden = false; this.ariaExpanded = true'></div><ul role=listbox id=lands hidden><li role=option onclick=\"lands.hidden = true;", $onclick, "\">Chile</li></ul>"
        )
    };
}
/// A field whose script does this with what is typed.
macro_rules! typing {
    ($script:literal) => {
        concat!("<label>Sum <input oninput=\"", $script, "\"></label>")
    };
}
const LABELLED: &str = "<button aria-label='Stop the kernel'>Stop</button>";
const SPANNED: &str = "<table><tr><th>Name<th>Month<th>Fee<tr><th scope=row rowspan=2>Ada<td>May<td>12<tr><td>June<td>13<tr><th scope=row>Bo<td>May<td>24</table>";
const SIDES: &str = "<div style='display: flex; gap: 40px'><div>Paid</div><div>in full</div></div>";
const BEHIND: &str = "<script>customElements.define('x-a', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'closed' }).innerHTML = '<p>Overdue</p><button onclick=\"this.textContent = `Gone`\">Pay</button>' } })</script><x-a></x-a>";
const DECLARED: &str = "<x-b><template shadowrootmode=closed><p>Overdue</p></template></x-b><script>customElements.define('x-b', class extends HTMLElement { constructor() { super(); this.attachInternals() } })</script>";
const REVERSED: &str = "<div style='display: flex; flex-direction: column-reverse'><h2>A</h2><h2>B</h2></div>";
const ORDERED: &str = "<div style='display: flex'><button style='order: 2'>A</button><button>B</button></div>";
const PLACED: &str = "<div style='display: grid'><p style='grid-row: 2'>A</p><p style='grid-row: 1'>B</p></div>";
const FRAME: &str = "<div style='height: 60px; overflow: hidden'><iframe style='border: 0; height: 400px' srcdoc=\"<body style='margin: 0'><h1>Top</h1><div style='height: 200px'></div><h1>Paid</h1>\"></iframe></div>";
const SCROLLED_FRAME: &str = "<div style='height: 60px; overflow: hidden'><iframe style='border: 0; height: 100px' srcdoc=\"<body style='margin: 0'><h1>Top</h1><div style='height: 400px'></div><h1>Paid</h1>\"></iframe></div>";
const COVERED_FRAME: &str = "<div style='position: relative'><iframe style='border: 0; height: 100px' srcdoc='<h1>Paid</h1>'></iframe><div style='position: absolute; inset: 0; background: #fff'></div></div>";
const LIVE: &str =
    "<div role=status>Saved <span style='display: none'>not</span><span aria-hidden=true>never</span> at noon</div>";
const MARKED: &str = "<style>li::marker { content: 'Paid: ' }</style><ul><li>Ada</ul>";
const COUNTED: &str = "<style>body { counter-reset: s } h2 { counter-increment: s } h2::before { content: 'Section ' counter(s, upper-roman) ': ' }</style><h2>Ada</h2><h2>Bo</h2>";
const LIST_BOX: &str = "<select size=5><optgroup label=Boats><option>Kestrel<option>Heron</select>";
const BROKEN: &str = "<img alt='A small boat' src=/missing.png>";
const CAPITALS: &str = "<p style='text-transform: uppercase'>paid</p>";
const CUT_OFF: &str = "<div style='width: 90px; overflow: hidden; white-space: nowrap; direction: rtl'><bdo dir=ltr>paid and much more paid</bdo></div>";

/// Each is true of its page.
const TRUE: &[Case] = &[
    ("<div role=menuitem>Restart Kernel… 0, 0</div>", "I see the menu item \"Restart Kernel…\""),
    ("<label><input type=checkbox id=x> Some</label><script>x.indeterminate = true</script>", "I tick the check box \"Some\""),
    ("<label>Scan <input type=file hidden></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<label>Scan <input type=file onchange=\"this.value = ''\"></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<h1>Dimmed</h1><div style='position: fixed; inset: 0; background: rgb(0 0 0 / 20%)'></div>", "I see the heading \"Dimmed\""),
    ("<div role=menuitem>New Launcher Ctrl+Shift+L</div>", "I see the menu item \"New Launcher\""),
    ("<button>▸ More</button>", "I see the button \"More\""),
    ("<h1>Welcome</h1>", "the heading \"Welcome\" is in the upper left corner"),
    ("You owe 500<p>Hello</p>", "I see just these, in this order:\n      | text |\n      | You owe 500 |\n      | Hello |"),
    ("<div id=g role=group aria-label=Hours><input type=range aria-label=Hours id=i aria-labelledby='i g'></div>", "I see the slider \"Hours\""),
    ("<p>Paid <span style='display: none'>not</span> in full</p>", "I see the text \"Paid in full\""),
    ("<style>p::after { content: 'in full' }</style><p>Paid </p>", "I see the text \"Paid in full\""),
    ("<label>Boat <input value=Kestrel></label>", "I see the text \"Kestrel\""),
    ("<div style='background: #123'><p style='color: #fff'>Paid</p></div>", "I see the text \"Paid\""),
    ("<p>Ada's boat, e\u{2011}mail</p>", "I see the text \"Ada\""),
    ("<p>Ada's boat, e\u{2011}mail</p>", "I see the text \"e-mail\""),
    ("<p>Call 12.50 or 3, please</p>", "I see the text \"3\""),
    ("<div style='position: fixed; inset: 0; background: rgb(0 0 0 / 4%); pointer-events: none'></div><h1>Under a breath</h1>", "I see the heading \"Under a breath\""),
    ("<div style='width: 300px; overflow: hidden'><p>Whole</p></div>", "I see the text \"Whole\""),
    ("<h1>Members</h1>", "I see the heading \"Members\""),
    ("<h1>Members (3)</h1>", "I see the heading \"Members\""),
    ("<h1 style='text-transform: uppercase'>Opening hours</h1>", "I see the heading \"OPENING HOURS\""),
    ("<h1 style='text-transform: uppercase'>Opening hours</h1>", "I see the heading \"Opening hours\""),
    ("<h1>Lei\u{ad}h\u{200b}ver<br>waltung</h1>", "I see the heading \"Leihver waltung\""),
    ("<h1>Cafe\u{301} \u{fb01}ne</h1>", "I see the heading \"Café fine\""),
    ("<label for=b>Boat<span aria-hidden=true> *</span></label><input id=b>", "I see the text field \"Boat\""),
    ("<label for=b>Username:</label><input id=b>", "I see the text field \"Username\""),
    ("<a href=#><i title='Choose a date' style='display: inline-block; width: 9px; height: 9px; background: red'></i></a>", "I see the link \"Choose a date\""),
    ("<form><label>Title <input name=title></label><input name=children><input name=matches><button>Save</button></form>", "I see the button \"Save\""),
    ("<p>Mill Lane 4<br>Upper Town</p>", "I see the text \"Mill Lane 4 Upper Town\""),
    ("<p>Total <span>1</span><span>8</span> hours</p>", "I see the text \"18 hours\""),
    ("<p>请登录系统</p>", "I see the text \"登录\""),
    ("<p>New</p><p>New window</p>", "I click the text \"New\""),
    ("<p>New window</p><p>New</p>", "I see the whole text \"New\""),
    ("<p role=alert>Saved <button>Close</button></p>", "I see the alert \"Saved\""),
    ("<ul><li>Beta</li></ul>", "I see the list item \"Beta\""),
    (ROWS, "I see the cell \"12\" in the row \"Ada\""),
    ("<iframe title=Payment srcdoc='<label>Card <input></label>'></iframe>", "I see the text field \"Card\""),
    ("<iframe title=Payment srcdoc='<label>Card <input></label>'></iframe>", "I see the text field \"Card\" in the frame \"Payment\""),
    ("<div style='position: fixed; inset: 0; opacity: 0.99'></div><h1>Under glass</h1>", "I see the heading \"Under glass\""),
    ("<div style='height: 3000px'></div><h1>Far down</h1>", "I see the heading \"Far down\""),
    ("<h1>Here</h1>", "I do not see the heading \"There\""),
    ("<p>10 errors</p>", "I do not see the text \"0 errors\""),
    ("<p style='opacity: 0'>Ghost</p>", "I do not see the text \"Ghost\""),
    ("<h1>Here</h1>", "I look at the heading \"Here\""),
    ("<p role=status style='position: absolute; clip-path: inset(50%)'>Moved to place 2</p>", "the page announces \"Moved to place 2\""),
    ("<a href=#x style='position: fixed; top: 0; right: 0'>Log in</a>", "the link \"Log in\" is in the upper right corner"),
    (TICKED, "the check box \"Fragile\" is ticked"),
    (CHECK, "the check box \"Fragile\" is not ticked"),
    (CHECK, "I tick the check box \"Fragile\""),
    (TICKED, "I untick the check box \"Fragile\""),
    ("<h1>A</h1><h1>B</h1>", "I see just these, in this order:\n      | heading |\n      | A |\n      | B |"),
    ("<ul aria-label=L><li>A</li><li>B</li></ul><p>C</p>", "I see just these in the list \"L\", in this order:\n      | text |\n      | A |\n      | B |"),
    ("<ul aria-label=L><li>A</li></ul><ul><li>B</li></ul>", "I see just these in the list \"L\", in this order:\n      | list item |\n      | A |"),
    ("<label>Name <input value=Ada></label>", "the text field \"Name\" holds \"Ada\""),
    (HAND_MADE_SLIDER, "the slider \"Volume\" holds \"40\""),
    ("<label>Name <input></label>", "the text field \"Name\" is empty"),
    ("<label>Name <input value=before></label>", "I type \"Ada\" into the text field \"Name\""),
    ("<label>Card <input oninput=\"this.value = this.value.replace(/\\D/g, '').replace(/(.{4})(?=.)/g, '$1 ')\"></label>", "I type \"42424242\" into the text field \"Card\""),
    ("<label>Seats <input value=10 onblur=\"this.value ||= 10\"></label>", "I type \"20\" into the text field \"Seats\""),
    ("<div contenteditable data-placeholder='Write a note…' style='height: 2em'></div>", "I type \"Dear Ann\" into the field \"Write a note…\""),
    ("<iframe srcdoc='<label>Card <input></label>'></iframe>", "I type \"4000\" into the text field \"Card\""),
    ("<label>Day <input type=date></label>", "I type \"2031-04-09\" into the date field \"Day\""),
    ("<label>At <input type=time></label>", "I set the time field \"At\" to \"07:45\""),
    (SLIDER, "I set the slider \"Weight\" to \"25\""),
    (HAND_MADE_SLIDER, "I set the slider \"Volume\" to \"65\""),
    ("<label>Scan <input type=file></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    (SELECT, "I choose \"2024\" from the selection list \"Year\""),
    ("<label>Year <select multiple><option selected>2023<option>2024</select></label>", "I choose \"2024\" from the selection list \"Year\""),
    (MENU, "I choose \"Stew\" from the selection list \"Course\""),
    (TAGS, "I choose \"Flares\" from the selection list \"Lights\""),
    (HIDING, "I choose \"Plum\" from the selection list \"Fruit\" in the dialog \"New\""),
    ("<button>Go</button>", "I click the button \"Go\""),
    ("<header style='position: sticky; top: 0; height: 200px; background: #234'></header><script>addEventListener('load', () => scrollTo(0, 150))</script>
      <div style='height: 120px'></div><button>Go</button><div style='height: 3000px'></div>", "I click the button \"Go\""),
    (HOVER, "I click the link \"Week\""),
    ("<label for=r style='font-size: 40px'>★</label><input type=radio id=r style='position: absolute; width: 1px; height: 1px; clip: rect(0 0 0 0)'>", "I click the radio button \"★\""),
    ("<p draggable=true>A</p><p>B</p>", "I drag the text \"A\" onto the text \"B\""),
    ("<h1>Keys</h1>", "I press the key \"Control+K\""),
    ("<h1>Here</h1>", "I am at \"/true/…\""),
    (ASKS, "I am asked \"Sure?\""),
    (ASKS, "I agree"),
    (ASKS, "I refuse"),
    (PROMPTS, "I answer \"Ada\""),
    (ASKS_LATE, "I am asked \"Sure?\""),
    (ASKS_LATE, "I agree"),
    (ASKS_LATE, "I refuse"),
    ("<style>@keyframes go { to { opacity: 0; visibility: hidden } } p { animation: go .2s 60s forwards }</style><p>Saved</p>", "I see the text \"Saved\""),
    ("<style>@keyframes used { to { width: 0 } } p::after { content: ''; display: block; height: 3px; background: red; animation: used 60s forwards }</style>
      <p onanimationend='this.remove()'>Saved</p>", "I see the text \"Saved\""),
    ("<style>@keyframes toast { 0%, 100% { opacity: 0 } 9%, 91% { opacity: 1 } } p { animation: toast 10s forwards }</style><p>Saved</p>", "I see the text \"Saved\""),
    ("<style>@keyframes come { from { opacity: 0 } } p { animation: come 2s 60s backwards }</style><p>Ready</p>", "I see the text \"Ready\""),
    ("<p>Date: <input><br> Time: <input> <a href=#>Now</a></p>", "I type \"07:30\" into the text field \"Time\""),
    ("<form><input type=checkbox> Remember me <input type=checkbox> Stay warm<br></form>", "I tick the check box \"Remember me\""),
    ("<table><tr><td>Boat<td><input></table>", "I see the text field \"Boat\""),
    ("<dialog open><h2>Restart?</h2><p>All is lost.</p></dialog>", "I see the dialog \"Restart?\""),
    ("<ul><li><div>Nets</div><div>3 days ago</div></ul>", "I see the list item \"Nets\""),
    ("<ul role=listbox aria-label=Town><li role=option><b>Bern</b><div>Canton of Bern</div></ul>", "I see the option \"Bern\""),
    ("<label>Ship <select><option>One<option label=''>Two</select></label>", "I choose \"Two\" from the selection list \"Ship\""),
    ("<p style='transition: opacity 60s 60s'>Old</p><script>setTimeout(() => { document.querySelector('p').style.opacity = 0 }, 50)</script>", "I do not see the text \"Old\""),
    (typing!("this.value = '+41 79 123 45 67'.slice(0, this.value.length + 4)"), "I type \"+41791234567\" into the text field \"Sum\""),
    (typing!("this.value = this.value.replace(/\\D/g, '').replace(/(\\d)(?=(\\d{3})+$)/g, '$1,')"), "I type \"1250\" into the text field \"Sum\""),
    (typing!("setTimeout(() => { this.value = this.value.replace(',', '.') }, 50)"), "I type \"12,50\" into the text field \"Sum\""),
    (typing!("this.value = this.value.replace(/^(\\d\\d)(\\d)/, '$1.$2')"), "I type \"0612\" into the text field \"Sum\""),
    (typing!("fetch('/late').then(() => { document.title = this.value })"), "I type \"5\" into the text field \"Sum\""),
    ("<label>Scan <input type=file accept='image/*,.FEATURE'></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<label>Scan <input type=file onchange=\"const { name } = this.files[0]; fetch('/late').then(() => { this.value = ''; o.textContent = name })\"></label><p id=o></p>",
        "I upload \"test.feature\" into the file field \"Scan\""),
    ("<label>Scan <input type=file onchange='this.remove()'></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<div contenteditable role=textbox aria-label=Note class=ql-editor data-placeholder=Write><p><br></p></div>", "the text field \"Note\" is empty"),
    ("<style>p::before { content: 'Write here' }</style><div contenteditable role=textbox aria-label=Note><p>\u{200b}\u{feff}</p></div>", "the text field \"Note\" is empty"),
    ("<div contenteditable role=textbox aria-label=Note><span class=my-placeholder contenteditable=false>Write</span></div>", "the text field \"Note\" is empty"),
    (EMPTY_SELECT, "the selection list \"Lights\" is empty"),
    ("<label for=p>Price</label><div style='border: 1px solid'><span>CHF</span><input id=p style='border: 0'><button>Convert</button></div>", "the text field \"Price\" is empty"),
    (SELECT_OF_MANY, "the selection list \"Lights\" holds \"Flares\""),
    ("<input type=range aria-label=Volume value=1 aria-valuetext=Low>", "the slider \"Volume\" holds \"Low\""),
    ("<input type=range aria-label=Volume value=1 aria-valuetext=Low>", "the slider \"Volume\" holds \"1\""),
    ("<div role=slider tabindex=0 aria-label=Volume aria-valuenow=1 aria-valuetext=Low style='width: 9px; height: 9px; background: red'></div>", "the slider \"Volume\" holds \"Low\""),
    ("<div role=slider tabindex=0 aria-label=Volume aria-valuenow=1 aria-valuetext=Low style='width: 9px; height: 9px; background: red'></div>", "the slider \"Volume\" holds \"1\""),
    ("<p>Name <input> Age <input></p>", "I see the text field \"Age\""),
    (ANSWERS, "I do not see the text \"Never\""),
    ("<button onclick=\"fetch('/late').then(() => o.remove())\">Go</button><p id=o>Draft</p><script>document.querySelector('button').click()</script>", "I do not see the text \"Draft\""),
    ("<script>fetch('/never')</script><h1>Here</h1>", "I do not see the text \"Never\""),
    ("<script>const poll = () => setTimeout(poll, 100); poll()</script><h1>Here</h1>", "I do not see the text \"Never\""),
    (LABELLED, "I click the button \"Stop\""),
    ("<button aria-label='Stop the kernel'>Stop</button><button>Stop</button>", "I click the button \"Stop\""),
    ("<a href=# aria-label='Read about boats'>More</a>", "I see the link \"More\""),
    ("<button><span aria-hidden=true>Stop</span><span style='position: absolute; clip-path: inset(50%)'>Stop the kernel</span></button>", "I see the button \"Stop\""),
    ("<label for=b>Boat</label><input id=b aria-label='Name of the boat'>", "I see the text field \"Boat\""),
    ("<div role=checkbox tabindex=0 aria-label='Agree to all'>Agree</div>", "I see the check box \"Agree\""),
    ("<input type=submit>", "I see the text \"Submit\""),
    (SPANNED, "I see the cell \"12\" in the row \"Ada\""),
    (SPANNED, "I see the cell \"13\" in the row \"Ada\""),
    ("<table><tr><td rowspan=2>Ada<td>May<td>12<tr><td>June<td>13<tr><td>Bo<td>May<td>24</table>", "I see the cell \"13\" in the row \"Ada\""),
    (SPANNED, "I see the text \"June\" in the row \"Ada\""),
    (SPANNED, "I see the cell \"13\" in the row \"June\""),
    (SPANNED, "I do not see the cell \"24\" in the row \"Ada\""),
    ("<style>b::after { content: 'in full' }</style><p>Paid <b></b></p>", "I see the text \"Paid in full\""),
    ("<style>b::before { content: 'not ' }</style><p>Paid <b>in full</b></p>", "I see the text \"Paid not in full\""),
    (SIDES, "I do not see the text \"Paid in full\""),
    (SIDES, "I see the text \"Paid\""),
    ("<p>Paid<span style='position: absolute'></span> in full</p>", "I see the text \"Paid in full\""),
    ("<p>Paid <span style='position: absolute; right: 0'>at noon</span>in full</p>", "I see the text \"Paid in full\""),
    ("<p>Paid <a style='display: inline-flex'>in full</a></p>", "I see the whole text \"Paid in full\""),
    ("<div role=alert><p>Saved.</p><p>All is well.</p></div>", "I see the alert \"Saved. All is well.\""),
    (REVERSED, "I see just these, in this order:\n      | heading |\n      | B |\n      | A |"),
    (ORDERED, "I see just these, in this order:\n      | button |\n      | B |\n      | A |"),
    (PLACED, "I see just these, in this order:\n      | text |\n      | B |\n      | A |"),
    (PLACED, "I see just these, in this order:\n      | paragraph |\n      | B |\n      | A |"),
    ("<div style='display: flex; flex-direction: row-reverse'><h2>A</h2><h2>B</h2></div>", "I see just these, in this order:\n      | heading |\n      | B |\n      | A |"),
    ("<div style='columns: 2'><h2>A</h2><h2>B</h2></div>", "I see just these, in this order:\n      | heading |\n      | A |\n      | B |"),
    ("<p style='width: 150px'>See the <a href=#>first of all of the links</a> and <a href=#>last</a></p>", "I see just these, in this order:\n      | link |\n      | first of all of the links |\n      | last |"),
    ("<div style='display: flex'><div style='width: 50%'><h2>A</h2><div style='height: 90px'></div><h2>B</h2></div><div><h2>C</h2><h2>D</h2></div></div>", "I see just these, in this order:\n      | heading |\n      | A |\n      | B |\n      | C |\n      | D |"),
    ("<button style='float: right'>A</button><button>B</button>", "I see just these, in this order:\n      | button |\n      | B |\n      | A |"),
    ("<p>One</p>two<p>Three</p>four", "I see just these, in this order:\n      | text |\n      | One |\n      | two |\n      | Three |\n      | four |"),
    ("<h2 style='position: relative; top: 5px'>A</h2><table><tfoot><tr><td>C<tbody><tr><td>B</table>", "I see just these, in this order:\n      | text |\n      | A |\n      | B |\n      | C |"),
    (BEHIND, "I see the text \"Overdue\""),
    (BEHIND, "I see the button \"Pay\""),
    (BEHIND, "I click the button \"Pay\""),
    (DECLARED, "I see the text \"Overdue\""),
    ("<input type=password placeholder='Six letters'>", "I see the text \"Six letters\""),
    ("<input placeholder=Boat value=Kestrel>", "I do not see the text \"Boat\""),
    (MARKED, "I see the text \"Paid: Ada\""),
    ("<ol><li>Ada<li value=7>Bo<li>Cy</ol>", "I see the text \"8. Cy\""),
    ("<ol><li>Ada<li>Bo</ol>", "I see the whole text \"Bo\""),
    ("<ol type=a start=27><li>Ada</ol>", "I see the text \"aa. Ada\""),
    ("<ol style='list-style: none'><li>Ada</ol>", "I do not see the text \"1. Ada\""),
    ("<ol><li>Ada<li>Bo</ol>", "I see just these, in this order:\n      | text |\n      | Ada |\n      | Bo |"),
    (COUNTED, "I see the text \"Section II: Bo\""),
    ("<style>ol { counter-reset: s } li { list-style: none } li::before { counter-increment: s; content: counters(s, '.') ' ' }</style><ol><li>A<ol><li>B<li>C</ol><li>D</ol>", "I see the text \"1.2 C\""),
    ("<style>p::before { content: '★' / 'Favourite' }</style><p></p>", "I see the text \"★\""),
    (LIST_BOX, "I see the text \"Boats\""),
    ("<select><optgroup label=Boats><option>Kestrel<option>Heron</select>", "I do not see the text \"Boats\""),
    (BROKEN, "I see the text \"A small boat\""),
    ("<object data=/missing>Overdue</object>", "I see the text \"Overdue\""),
    ("<object data='data:text/html,<p>x'>Overdue</object>", "I do not see the text \"Overdue\""),
    (CUT_OFF, "I see the text \"paid\""),
    (CAPITALS, "I see the text \"paid\""),
    (CAPITALS, "I see the text \"PAID\""),
    ("<p><span style='text-transform: uppercase'>paid</span> in full</p>", "I see the whole text \"paid in full\""),
    (CAPITALS, "I do not see the text \"Paid\""),
    (LIVE, "the page announces \"Saved at noon\""),
    ("<div role=status style='position: absolute; clip-path: inset(50%)'><img alt=Done src=/dot.svg> <p>Saved</p><p>now</p></div>", "the page announces \"Saved now\""),
    ("<p style='filter: blur(.5px)'>Paid</p>", "I see the text \"Paid\""),
    (SCROLLED_FRAME, "I see the heading \"Paid\""),
    (FRAME, "I see the heading \"Top\""),
    (FRAME, "I do not see the heading \"Paid\""),
    ("<button style='text-indent: -9999px; overflow: hidden; width: 30px; height: 30px; background: red'>Search</button>", "I see the button \"Search\""),
    ("<button style='font-size: 0; border: 0; background: none'><svg width=20 height=20><rect width=20 height=20 /></svg>Search</button>", "I see the button \"Search\""),
];

/// None is true of its page.
const FALSE: &[Case] = &[
    ("<input type=submit value=''>", "I see the button \"Submit\""),
    ("<p>Time: <input><input></p>", "I do not see the text field \"Time\""),
    ("<p>Time: <button>Now</button> <input></p>", "I see the text field \"Time\""),
    ("<ul><li>Nets <span>3 days ago</span></ul>", "I see the list item \"Nets\""),
    ("<p style='position: relative'>Paid<span style='position: absolute; inset: 0; background: #fff'></span></p>", "I see the text \"Paid\""),
    ("<p style='position: relative'>Paid<span style='position: absolute; inset: 0; background: #fff; pointer-events: none'></span></p>", "I see the text \"Paid\""),
    ("<h1 style='position: relative'><span>Paid</span><img src=/dot.svg alt='' style='position: absolute; left: 0; top: 0; width: 300px; height: 90px'></h1>",
        "I see the heading \"Paid\""),
    (ROWS, "I do not see the button \"Delete\" in the row \"Cy\""),
    ("<script>setTimeout(() => alert('Saved'))</script>", "I refuse"),
    ("<h1 style='color: transparent'>Hidden</h1>", "I see the heading \"Hidden\""),
    ("<p style='transform: scale(.05)'>Paid</p>", "I see the text \"Paid\""),
    ("<button>Save</button><script>const b = document.querySelector('button'); Object.defineProperty(window, 'docentVisit', { configurable: true, set() {
        Object.defineProperty(window, 'docentVisit', { value: {}, writable: true }); setTimeout(() => { b.textContent = 'Drop' }) } })</script>", "I click the button \"Save\""),
    ("<h1>Here</h1>", "I see just these in the panel \"Nope\", in this order:\n      | button |"),
    ("<h1>Here</h1>", "I am at \"\""),
    ("<button>Delete Shift</button>", "I click the button \"Delete\""),
    ("<button>Choose Option B</button>", "I click the button \"Choose\""),
    ("<button>10-20</button>", "I click the button \"10\""),
    ("<h1>COVID-19</h1>", "I see the heading \"COVID\""),
    (
        "<table><tr><td>− 5.00<td>✗ Approved<tr><td>1<td>2</table>",
        "I see the cell \"5.00\"",
    ),
    (
        "<table><tr><td>− 5.00<td>✗ Approved<tr><td>1<td>2</table>",
        "I see the cell \"Approved\"",
    ),
    ("<button>Bora Bora</button>", "I see the button \"Bora\""),
    (
        "<img alt=Logo src=/missing.png width=40 height=40>",
        "I see the image \"Logo\"",
    ),
    (
        "<label>Sum <input oninput=\"this.value = this.value.replace(/[^0-9]/g, '')\"></label>",
        "I type \"1.5\" into the text field \"Sum\"",
    ),
    (
        "<label>Sum <input oninput=\"this.value = this.value.replace(/[^0-9]/g, '')\"></label>",
        "I type \"-5\" into the text field \"Sum\"",
    ),
    (
        "<label>C <select><option>Blue<option hidden>Red</select></label>",
        "I choose \"Red\" from the selection list \"C\"",
    ),
    (
        "<label>C <select><option>Pick<option>Springfield<option>Springfield</select></label>",
        "I choose \"Springfield\" from the selection list \"C\"",
    ),
    (
        "<label for=f>C</label><div><div>Red</div><input id=f role=combobox class=placeholder-gray></div>",
        "the field \"C\" is empty",
    ),
    (
        "<div><div role=combobox tabindex=0 aria-label=C aria-expanded=true aria-controls=l>Pick</div><p id=o></p></div><ul role=listbox id=l><li role=option onclick=\"o.textContent = 'Sorry, Red is sold out'\">Red</ul>",
        "I choose \"Red\" from the selection list \"C\"",
    ),
    (
        "You owe 500<p>Hello</p>",
        "I see just these, in this order:\n      | text |\n      | Hello |",
    ),
    (
        "<ul><li>A<li>B</ul><div style='position: fixed; inset: 0; background: #fff'>x</div>",
        "I see just these, in this order:\n      | list item |\n      | A |\n      | B |",
    ),
    ("<p role=status aria-live=off>Saved</p>", "the page announces \"Saved\""),
    ("<h1>Here</h1>", "I am at \"/*\""),
    ("<p style='color: #fff'>Paid</p>", "I see the text \"Paid\""),
    (
        "<body style='background: #123456'><h1 style='color: #123456'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<p>Paid</p><div style='position: fixed; inset: 0; background: #fff; pointer-events: none'></div>",
        "I see the text \"Paid\"",
    ),
    (
        "<style>p { position: relative } p::after { content: ''; position: absolute; inset: 0; background: #eee }</style><p>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<div style='width: 20px; white-space: nowrap; overflow: hidden'>Order 12 is Paid</div>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='text-indent: -9999px; overflow: hidden'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<style>b::before { content: 'not ' }</style><p>Paid <b>in full</b></p>",
        "I see the text \"Paid in full\"",
    ),
    (
        "<style>p::after { content: 'Paid'; opacity: 0 }</style><p>x</p>",
        "I see the text \"Paid\"",
    ),
    ("<p style='opacity: .01'>Paid</p>", "I see the text \"Paid\""),
    ("<p style='filter: opacity(0)'>Paid</p>", "I see the text \"Paid\""),
    (
        "<p style='clip-path: polygon(0 0, 0 0, 0 0)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='clip-path: inset(0 0 400px 0)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    ("<p style='font-size: 1px'>Paid</p>", "I see the text \"Paid\""),
    (
        "<p style='-webkit-text-security: disc'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    ("<video width=200>Paid</video>", "I see the text \"Paid\""),
    ("<p>Balance: -€5.00</p>", "I see the text \"€5.00\""),
    ("<p>1\u{202f}234 items</p>", "I see the text \"234 items\""),
    ("<p>at 12:30</p>", "I see the text \"at 12\""),
    ("<p>2024-07-02</p>", "I see the text \"07-02\""),
    ("<p>non-refundable</p>", "I see the text \"refundable\""),
    ("<p>You can't cancel</p>", "I see the text \"You can\""),
    (
        "<p>\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}</p>",
        "I see the text \"\u{1f468}\"",
    ),
    ("<input value=Paid>", "I do not see the text \"Paid\""),
    ("<h1>Membership</h1>", "I see the heading \"Members\""),
    ("<button>Save as</button>", "I see the button \"Save\""),
    ("<h1 style='opacity: 0'>Ghost</h1>", "I see the heading \"Ghost\""),
    (
        "<div style='opacity: 0'><h1>Ghost</h1></div>",
        "I see the heading \"Ghost\"",
    ),
    (
        "<h1 style='position: absolute; left: -9999px'>Away</h1>",
        "I see the heading \"Away\"",
    ),
    (
        "<h1 style='position: absolute; clip: rect(0 0 0 0)'>Cut</h1>",
        "I see the heading \"Cut\"",
    ),
    (
        "<h1 style='clip-path: inset(50%)'>Cut</h1>",
        "I see the heading \"Cut\"",
    ),
    (
        "<div style='height: 0; overflow: hidden'><h1>Folded</h1></div>",
        "I see the heading \"Folded\"",
    ),
    (
        "<details><summary>More</summary><h2>Folded</h2></details>",
        "I see the heading \"Folded\"",
    ),
    (
        "<body style='overflow-x: hidden'><nav style='position: absolute; left: 100%; width: 200px'><h2>Drawer</h2></nav>",
        "I see the heading \"Drawer\"",
    ),
    (
        "<h1>Under</h1><div style='position: fixed; inset: 0; background: #fff'></div>",
        "I see the heading \"Under\"",
    ),
    (
        "<div style='position: relative; width: 200px'><h1>Under</h1></div><style>div::after { content: ''; position: absolute; inset: 0; background: #fff }</style>",
        "I see the heading \"Under\"",
    ),
    ("<p style='color: transparent'>Ink</p>", "I see the text \"Ink\""),
    ("<p style='font-size: 0'>Ink</p>", "I see the text \"Ink\""),
    ("<p>10 errors</p>", "I see the text \"0 errors\""),
    ("<p>1,234</p>", "I see the text \"234\""),
    ("<p>12.50</p>", "I see the text \"12\""),
    ("<p>It is -5 degrees</p>", "I see the text \"5 degrees\""),
    ("<p>unpaid</p>", "I see the text \"paid\""),
    ("<p>New window</p>", "I see the whole text \"New\""),
    ("<label>Name <input></label>", "I see the password field \"Name\""),
    (
        "<label>Year <select><option>2023</select></label>",
        "I see the text field \"Year\"",
    ),
    (ROWS, "I see the cell \"24\" in the row \"Ada\""),
    ("<h1>Here</h1>", "I do not see the heading \"Here\""),
    (
        "<style>p::after { content: 'Drawn' }</style><p></p>",
        "I do not see the text \"Drawn\"",
    ),
    (
        "<div><template shadowrootmode=open><p role=alert>Failed</p></template></div>",
        "I do not see the alert \"Failed\"",
    ),
    ("<h1>Here (2)</h1>", "I do not see the heading \"Here\""),
    (
        "<h1 style='visibility: hidden'>Here</h1>",
        "I look at the heading \"Here\"",
    ),
    ("<p role=status>Moved to place 12</p>", "the page announces \"place 1\""),
    ("<p>Moved</p>", "the page announces \"Moved\""),
    (
        "<div style='height: 2000px'></div><a href=#x>Log in</a>",
        "the link \"Log in\" is in the lower left corner",
    ),
    (CHECK, "the check box \"Fragile\" is ticked"),
    (
        "<label><input type=checkbox id=x> Some</label><script>x.indeterminate = true</script>",
        "the check box \"Some\" is not ticked",
    ),
    (
        "<div role=checkbox aria-checked=mixed aria-label=Some tabindex=0>x</div>",
        "the check box \"Some\" is ticked",
    ),
    (TICKED, "the check box \"Fragile\" is not ticked"),
    (TICKED, "I tick the check box \"Fragile\""),
    (
        "<label><input type=checkbox onclick='return false'> Fragile</label>",
        "I tick the check box \"Fragile\"",
    ),
    (CHECK, "I untick the check box \"Fragile\""),
    (
        "<h1>B</h1><h1>A</h1>",
        "I see just these, in this order:\n      | heading |\n      | A |\n      | B |",
    ),
    (
        "<ul aria-label=L><li>A</li><li>B</li></ul>",
        "I see just these in the list \"L\", in this order:\n      | text |\n      | A |",
    ),
    (
        "<label>Name <input value=Adam></label>",
        "the text field \"Name\" holds \"Ada\"",
    ),
    ("<button>Ada</button>", "the button \"Ada\" holds \"Ada\""),
    (HAND_MADE_SLIDER, "the slider \"Volume\" is empty"),
    (
        "<div><div>Chile</div><input role=combobox aria-label=Land></div>",
        "the selection list \"Land\" is empty",
    ),
    (
        "<label>Age <input type=number id=n></label><script>n.focus(); document.execCommand('insertText', false, '5e')</script>",
        "the number field \"Age\" is empty",
    ),
    (
        "<label>Code <input maxlength=2></label>",
        "I type \"abc\" into the text field \"Code\"",
    ),
    (
        "<label>Name <input readonly></label>",
        "I type \"Ada\" into the text field \"Name\"",
    ),
    (
        "<label>Day <input type=date></label>",
        "I type \"9 April\" into the date field \"Day\"",
    ),
    (
        "<label>Weight <input type=range max=40 step=10></label>",
        "I set the slider \"Weight\" to \"25\"",
    ),
    (
        "<label>Scan <input type=file></label>",
        "I upload \"missing.pdf\" into the file field \"Scan\"",
    ),
    (SELECT, "I choose \"2025\" from the selection list \"Year\""),
    (
        "<div role=combobox tabindex=0 aria-label=Course aria-expanded=true aria-controls=list>none</div><ul role=listbox id=list><li role=option>Stew</li></ul>",
        "I choose \"Stew\" from the selection list \"Course\"",
    ),
    ("<button disabled>Go</button>", "I click the button \"Go\""),
    (
        "<button style='pointer-events: none'>Go</button>",
        "I click the button \"Go\"",
    ),
    (
        "<button>Go</button><div style='position: fixed; inset: 0'></div>",
        "I click the button \"Go\"",
    ),
    ("<p>A</p>", "I drag the text \"A\" onto the text \"B\""),
    ("<h1>Here</h1>", "I am at \"/elsewhere\""),
    (ASKS, "I am asked \"Really?\""),
    ("<h1>Here</h1>", "I am asked \"Sure?\""),
    ("<h1>Here</h1>", "I agree"),
    ("<h1>Here</h1>", "I refuse"),
    ("<h1>Here</h1>", "I answer \"Ada\""),
    (typing!("this.value = this.value.replace(/\\D/g, '')"), "I type \"12,50\" into the text field \"Sum\""),
    (typing!("this.value = this.value.replace(/\\D/g, '')"), "I type \"1,250\" into the text field \"Sum\""),
    (typing!("this.value = this.value.replace(/(\\d\\d)$/, '.$1')"), "I set the text field \"Sum\" to \"50\""),
    (typing!("this.value = '-' + this.value.replace('-', '')"), "I type \"5\" into the text field \"Sum\""),
    (typing!("setTimeout(() => { this.value = '' }, 60)"), "I type \"5\" into the text field \"Sum\""),
    (typing!("clearTimeout(window.t); window.t = setTimeout(() => { this.value = '6' }, 300)"), "I type \"5\" into the text field \"Sum\""),
    (typing!("Promise.resolve().then(() => setTimeout(() => setTimeout(() => { this.value = '' }, 100), 100))"), "I type \"5\" into the text field \"Sum\""),
    (typing!("fetch('/late').then(() => { this.value = '' })"), "I type \"5\" into the text field \"Sum\""),
    ("<label>Fragile <input type=checkbox onchange=\"setTimeout(() => { this.checked = false }, 200)\"></label>", "I tick the check box \"Fragile\""),
    ("<label>Year <select onchange=\"fetch('/late').then(() => { this.value = '2023' })\"><option>2023<option>2024</select></label>", "I choose \"2024\" from the selection list \"Year\""),
    ("<label>Scan <input type=file accept='.pdf,image/*'></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<label>Scan <input type=file onchange=\"fetch('/late').then(() => { this.value = '' })\"></label>", "I upload \"test.feature\" into the file field \"Scan\""),
    ("<p><input> <span>Name</span> <input> <span>Age</span></p>", "I see the text field \"Name\""),
    ("<p><input type=checkbox> Remember me <input></p>", "I see the text field \"Remember me\""),
    ("<table><tr><td><input><td>Name<td><input><td>Age</table>", "I see the text field \"Name\""),
    (list_beside!("<p>Chile</p>", ""), "I choose \"Chile\" from the selection list \"Land\""),
    (list_beside!("<p id=o></p>", "o.textContent = 'Chile'"), "I choose \"Chile\" from the selection list \"Land\""),
    ("<div>Chile <input role=combobox aria-label=Land></div>", "the selection list \"Land\" holds \"Chile\""),
    ("<label>Name <input value='  '></label>", "the text field \"Name\" is empty"),
    (SELECT_OF_MANY, "the selection list \"Lights\" is empty"),
    ("<label for=t>Tags</label><div style='border: 1px solid'><span class=tag>Red</span><input id=t style='border: 0'></div>", "the text field \"Tags\" is empty"),
    ("<label for=t>Tags</label><div style='border: 1px solid'><b>Red <button>×</button></b><input id=t style='border: 0'></div>", "the text field \"Tags\" is empty"),
    ("<div contenteditable role=textbox aria-label=Note><p><img src=/dot.svg></p></div>", "the text field \"Note\" is empty"),
    ("<div role=slider tabindex=0 aria-label=Volume aria-valuenow=1 aria-valuetext='' style='width: 9px; height: 9px; background: red'></div>", "the slider \"Volume\" is empty"),
    ("<input type=range aria-label=Volume value=90 aria-valuetext=Low>", "the slider \"Volume\" holds \"High\""),
    (concat!("<button onclick=\"fetch('/late').then((answer) => answer.text()).then((text) => { o.textContent = text })\">Go</button><p id=o>Draft</p>", "<script>document.querySelector('button').click()</script>"), "I do not see the text \"Too late\""),
    ("<script>open('/late')</script><h1>Here</h1>", "I do not see the text \"Never\""),
    ("<p id=o></p><script>setTimeout(() => { o.textContent = 'Sorry' }, 300)</script>", "I do not see the text \"Sorry\""),
    ("<label>Fragile <input type=checkbox id=x></label><script>fetch('/late').then(() => { x.checked = true })</script>", "the check box \"Fragile\" is not ticked"),
    ("<label>Name <input id=x></label><script>fetch('/late').then(() => { x.value = 'Ada' })</script>", "the text field \"Name\" is empty"),
    (LABELLED, "I do not see the button \"Stop\""),
    ("<button aria-label='Stop the kernel'>Stop</button><button aria-label=Stop>■</button>", "I click the button \"Stop\""),
    ("<label for=b>Boat</label><input id=b aria-label='Name of the boat'>", "I do not see the text field \"Boat\""),
    ("<input type=submit>", "I do not see the text \"Submit\""),
    (SPANNED, "I see the cell \"24\" in the row \"Ada\""),
    (SPANNED, "I see the cell \"13\" in the row \"Bo\""),
    (SPANNED, "I see the cell \"12\" in the row \"June\""),
    (SPANNED, "I do not see the cell \"13\" in the row \"Ada\""),
    ("<style>b::after { content: 'in full' }</style><p>Paid <b></b></p>", "I do not see the text \"Paid in full\""),
    ("<style>b::after { content: ' not' }</style><p>Paid<b></b> in full</p>", "I see the text \"Paid in full\""),
    (SIDES, "I see the text \"Paid in full\""),
    ("<p>Paid</p><p>in full</p>", "I see the text \"Paid in full\""),
    ("<table><tr><td>Paid<td>in full</table>", "I see the text \"Paid in full\""),
    ("<p>Paid<span style='position: absolute'></span> in full</p>", "I do not see the text \"Paid in full\""),
    ("<style>p::before { content: 'Paid'; display: block }</style><p>in full</p>", "I see the text \"Paid in full\""),
    (REVERSED, "I see just these, in this order:\n      | heading |\n      | A |\n      | B |"),
    (ORDERED, "I see just these, in this order:\n      | button |\n      | A |\n      | B |"),
    (PLACED, "I see just these, in this order:\n      | text |\n      | A |\n      | B |"),
    (PLACED, "I see just these, in this order:\n      | paragraph |\n      | A |\n      | B |"),
    (BEHIND, "I do not see the text \"Overdue\""),
    (BEHIND, "I do not see the button \"Pay\""),
    (DECLARED, "I do not see the text \"Overdue\""),
    ("<style>input::placeholder { color: transparent }</style><input placeholder=Boat>", "I see the text \"Boat\""),
    (MARKED, "I do not see the text \"Paid: Ada\""),
    ("<style>p::before { content: '★' / 'Favourite' }</style><p></p>", "I see the text \"Favourite\""),
    (LIST_BOX, "I do not see the text \"Boats\""),
    (BROKEN, "I do not see the text \"A small boat\""),
    ("<object data=/missing>Overdue</object>", "I do not see the text \"Overdue\""),
    ("<p style='width: 60px; overflow: hidden; white-space: nowrap'>unpaid so far, and paid</p>", "I see the text \"paid\""),
    (CUT_OFF, "I do not see the text \"paid\""),
    ("<p style='position: relative; width: 120px'>All of it is unpaid still paid<span style='position: absolute; left: 0; right: 0; top: 1.2em; bottom: 0; background: #fff'></span></p>", "I see the text \"paid\""),
    (CAPITALS, "I do not see the text \"paid\""),
    (LIVE, "the page announces \"not\""),
    (LIVE, "the page announces \"never\""),
    ("<div role=log><div aria-live=off>Saved</div></div>", "the page announces \"Saved\""),
    ("<p style='filter: blur(6px)'>Paid</p>", "I see the text \"Paid\""),
    ("<div style='filter: blur(9px)'><h1>Paid</h1></div>", "I see the heading \"Paid\""),
    ("<h1><span style='font-size: 1px'>Paid in full and more</span></h1>", "I see the heading \"Paid in full and more\""),
    ("<div style='width: 300px'><a href=# style='font-size: 1px'>Paid in full and more</a></div>", "I see the link \"Paid in full and more\""),
    (FRAME, "I see the heading \"Paid\""),
    (FRAME, "I see the text \"Paid\""),
    (COVERED_FRAME, "I see the heading \"Paid\""),
    (COVERED_FRAME, "I see the text \"Paid\""),
    ("<input value=Paid style='color: transparent'>", "I see the text \"Paid\""),
];

/// Steps whose sentence is about the mock portal, or that can't be false.
const NOT_HERE: &[&str] = &["I open {string}", "I press the key {string}"];

fn feature(cases: &[Case], folder: &str) -> String {
    let scenario = |(index, (_, step)): (usize, &Case)| {
        format!("  Scenario: {index}\n    Given I open \"/{folder}/{index}\"\n    Then {step}\n")
    };
    let scenarios: String = cases.iter().enumerate().map(scenario).collect();
    format!("Feature: Sentences\n{scenarios}")
}

fn site(cases: &'static [Case], folder: &str) -> mock_portal::Portal {
    let page = |body: &str| {
        Html(format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Page</title><body>{body}"
        ))
    };
    let late = || async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        "Too late"
    };
    let own = Router::new()
        .route("/late", get(late))
        .route("/never", get(pending::<()>));
    let site = cases.iter().enumerate().fold(own, |site, (index, (body, _))| {
        site.route(&format!("/{folder}/{index}"), get(async move || page(body)))
    });
    serve(site)
}

/// Plays every sentence on its page; those that come to something else than this.
fn others(cases: &'static [Case], folder: &str, verdict: Verdict) -> Vec<String> {
    let kit = Kit::with_feature(&feature(cases, folder));
    let site = site(cases, folder);
    let ended = kit.play(&[
        "run",
        "test.feature",
        "--wait",
        // What is false is waited for to the end.
        if verdict == Verdict::Failed { "0.5" } else { "3" },
        "--step-timeout",
        "10",
        "--base-url",
        site.url(),
    ]);
    assert_ne!(ended.code, Some(2), "{ended:#?}");
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    let verdicts: BTreeMap<_, _> = record.scenarios.iter().map(|one| (one.name.clone(), one)).collect();
    let wrong = cases.iter().enumerate().filter_map(|(index, (body, step))| {
        let scenario = verdicts[&index.to_string()];
        let outcome = scenario.attempts.last().map(|attempt| &attempt.outcome);
        (scenario.verdict != verdict).then(|| format!("{step}\n    on {body}\n    {outcome:?}"))
    });
    wrong.collect()
}

#[test]
fn what_is_true_passes() {
    let wrong = others(TRUE, "true", Verdict::Passed);
    assert!(wrong.is_empty(), "true, but did not pass:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_false_fails() {
    let wrong = others(FALSE, "false", Verdict::Failed);
    assert!(wrong.is_empty(), "false, but did not fail:\n{}", wrong.join("\n"));
}

#[test]
fn every_sentence_about_pages_is_played_both_ways() {
    let general = vocabulary().filter(|entry| !entry.code.contains("portal.rs") && !entry.code.contains("steering.rs"));
    for entry in general.filter(|entry| !NOT_HERE.contains(&entry.expression.as_str())) {
        let words = |text: &str| {
            let plain = regex_free(text);
            plain.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        let expression = words(&entry.expression);
        for cases in [TRUE, FALSE] {
            let says = |step: &str| expression.iter().all(|word| words(step).contains(word));
            assert!(
                cases.iter().any(|(_, step)| says(step)),
                "no case of {}",
                entry.expression
            );
        }
    }
}

/// An expression, or a step, without what varies.
fn regex_free(text: &str) -> String {
    let without_names: String = text.split('"').step_by(2).collect();
    let mut plain = String::new();
    let mut depth = 0;
    for letter in without_names.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 && letter != '}' {
            plain.push(letter);
        }
    }
    plain
}

#[test]
fn what_can_not_be_meant_is_refused_before_anything_is_played() {
    const REFUSED: &[(&str, &str)] = &[
        ("the heading \"States\" is not ticked", "can't be ticked"),
        ("the button \"Bold\" is ticked", "can't be ticked"),
        ("I tick the link \"Terms\"", "can't be ticked"),
        ("the heading \"States\" holds \"x\"", "can't hold a value"),
        ("the paragraph \"States\" is empty", "can't hold a value"),
        ("I press the key \"Retrun\"", "did you mean"),
        ("I press the key \"Controll+S\"", "did you mean \"Control\""),
        ("I see the rowheader \"Cake\"", "did you mean \"row header\""),
    ];
    let steps: Vec<_> = REFUSED.iter().map(|(step, _)| format!("    Then {step}\n")).collect();
    let kit = Kit::with_feature(&format!("Feature: A\n  Scenario: B\n{}", steps.concat()));
    let ended = kit.play(&["run", "test.feature"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    for (index, (step, why)) in REFUSED.iter().enumerate() {
        let place = format!("test.feature:{}:", index + 3);
        assert!(
            ended.err.contains(&place) && ended.err.contains(why),
            "{step}: {}",
            ended.err
        );
    }
}
