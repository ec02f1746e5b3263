//! Bodies of pages that several sentences are played on.

pub const CHECK: &str = "<label><input type=checkbox> Fragile</label>";
pub const TICKED: &str = "<label><input type=checkbox checked> Fragile</label>";
pub const SELECT: &str = "<label>Year <select><option>2023<option>2024</select></label>";
pub const HOVER: &str = "<style>#menu { display: none } nav:hover #menu { display: block }</style><nav><a href=#w>Week</a><div id=menu>Monday</div></nav>";
pub const MENU: &str = "<span id=l>Course</span><button role=combobox aria-labelledby=l aria-expanded=false onclick=\"this.ariaExpanded = true; list.hidden = false\">Choose</button>
    <ul role=listbox id=list aria-label=Course hidden><li role=option onclick=\"document.querySelector('button').textContent = 'Stew'; list.hidden = true\">Stew</li><li role=option>Soup</li></ul>";
pub const TAGS: &str = "<div style='border: 1px solid'><span id=tags></span><label for=c>Lights</label><input id=c style='border: 0' role=combobox aria-controls=lamps aria-expanded=false onfocus=\"lamps.hidden = false\"
    onclick=\"lamps.hidden = false; this.ariaExpanded = true\"></div><ul role=listbox id=lamps hidden><li role=option onclick=\"tags.textContent = 'Flares'; lamps.hidden = true\">Flares</li></ul>";
pub const HIDING: &str = "<div id=d role=dialog aria-label=New><button role=combobox aria-label=Fruit aria-expanded=false onclick=\"this.ariaExpanded = true; d.ariaHidden = true;
    document.body.insertAdjacentHTML('beforeend', `<ul role=listbox><li role=option onclick='take(this)'>Plum</li></ul>`)\">none</button></div>
    <script>const take = (option) => { document.querySelector('button').textContent = option.textContent; option.parentElement.remove(); d.removeAttribute('aria-hidden') }</script>";
pub const SLIDER: &str = "<label>Weight <input type=range min=0 max=40 value=10></label>";
pub const HAND_MADE_SLIDER: &str = "<div role=slider tabindex=0 aria-label=Volume aria-valuemin=0 aria-valuemax=90 aria-valuenow=40 style='width: 90px; height: 20px; background: #cde'></div>
    <script>const s = document.querySelector('[role=slider]'); s.onkeydown = ({ key }) => { if (key.startsWith('Arrow')) s.ariaValueNow = Number(s.ariaValueNow) + (key === 'ArrowRight' ? 5 : -5) }</script>";
pub const ROWS: &str = "<table><tr><th>Name<th>Fee<tr><th scope=row>Ada<td>12<tr><th scope=row>Bo<td>24</table>";
pub const ASKS_LATE: &str = "<script>addEventListener('load', () => setTimeout(() => confirm('Sure?'), 700))</script>";
pub const ASKS: &str = "<button onclick=\"document.title = confirm('Sure?')\">Go</button><script>setTimeout(() => confirm('Sure?'))</script>";
pub const PROMPTS: &str = "<p id=o></p><script>setTimeout(() => { o.textContent = prompt('Name?') })</script>";

pub const ANSWERS: &str = "<button onclick=\"fetch('/late').then((answer) => answer.text()).then((text) => { o.textContent = text })\">Go</button><p id=o>Draft</p>";
pub const SELECT_OF_MANY: &str = "<label for=c>Lights</label><div style='border: 1px solid; display: flex'><div class=chip>Flares<button aria-label='Remove Flares'>×</button></div>
    <input id=c style='border: 0' role=combobox></div>";
pub const EMPTY_SELECT: &str =
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
pub const LABELLED: &str = "<button aria-label='Stop the kernel'>Stop</button>";
pub const SPANNED: &str = "<table><tr><th>Name<th>Month<th>Fee<tr><th scope=row rowspan=2>Ada<td>May<td>12<tr><td>June<td>13<tr><th scope=row>Bo<td>May<td>24</table>";
pub const SIDES: &str = "<div style='display: flex; gap: 40px'><div>Paid</div><div>in full</div></div>";
pub const BEHIND: &str = "<script>customElements.define('x-a', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'closed' }).innerHTML = '<p>Overdue</p><button onclick=\"this.textContent = `Gone`\">Pay</button>' } })</script><x-a></x-a>";
pub const DECLARED: &str = "<x-b><template shadowrootmode=closed><p>Overdue</p></template></x-b><script>customElements.define('x-b', class extends HTMLElement { constructor() { super(); this.attachInternals() } })</script>";
pub const REVERSED: &str = "<div style='display: flex; flex-direction: column-reverse'><h2>A</h2><h2>B</h2></div>";
pub const ORDERED: &str = "<div style='display: flex'><button style='order: 2'>A</button><button>B</button></div>";
pub const PLACED: &str = "<div style='display: grid'><p style='grid-row: 2'>A</p><p style='grid-row: 1'>B</p></div>";
pub const FRAME: &str = "<div style='height: 60px; overflow: hidden'><iframe style='border: 0; height: 400px' srcdoc=\"<body style='margin: 0'><h1>Top</h1><div style='height: 200px'></div><h1>Paid</h1>\"></iframe></div>";
pub const SCROLLED_FRAME: &str = "<div style='height: 60px; overflow: hidden'><iframe style='border: 0; height: 100px' srcdoc=\"<body style='margin: 0'><h1>Top</h1><div style='height: 400px'></div><h1>Paid</h1>\"></iframe></div>";
pub const COVERED_FRAME: &str = "<div style='position: relative'><iframe style='border: 0; height: 100px' srcdoc='<h1>Paid</h1>'></iframe><div style='position: absolute; inset: 0; background: #fff'></div></div>";
pub const CLOSED_FRAME: &str = "<iframe sandbox srcdoc='<p>Paid</p>'></iframe>";
pub const NESTED_FRAMES: &str =
    "<iframe sandbox=allow-scripts srcdoc=\"<iframe sandbox srcdoc='<p>Paid</p>'></iframe>\"></iframe>";
pub const LIVE: &str =
    "<div role=status>Saved <span style='display: none'>not</span><span aria-hidden=true>never</span> at noon</div>";
pub const MARKED: &str = "<style>li::marker { content: 'Paid: ' }</style><ul><li>Ada</ul>";
pub const COUNTED: &str = "<style>body { counter-reset: s } h2 { counter-increment: s } h2::before { content: 'Section ' counter(s, upper-roman) ': ' }</style><h2>Ada</h2><h2>Bo</h2>";
pub const LIST_BOX: &str = "<select size=5><optgroup label=Boats><option>Kestrel<option>Heron</select>";
pub const BROKEN: &str = "<img alt='A small boat' src=/missing.png>";
pub const CAPITALS: &str = "<p style='text-transform: uppercase'>paid</p>";
pub const CUT_OFF: &str = "<div style='width: 90px; overflow: hidden; white-space: nowrap; direction: rtl'><bdo dir=ltr>paid and much more paid</bdo></div>";

pub(super) use list_beside;
pub(super) use typing;
pub const CARD_IN_DIALOG: &str = "<div role=dialog aria-label=Checkout><iframe title=Card sandbox=allow-scripts srcdoc='<label>Card number <input></label>'></iframe></div>";
/// A box that opens a list, with a label for the field in it that is not drawn.
pub const LABELLED_BOX: &str = "<label for=i>City</label><div id=s style='position: relative; width: 200px; height: 30px; border: 1px solid'><input id=i role=combobox aria-expanded=false readonly style='opacity: 0; position: absolute; inset: 0'><span style='pointer-events: none'>Bern</span></div><p id=o></p><script>s.onmousedown = () => { o.textContent = 'Opened' }</script>";
/// A list whose options are drawn beside those that are for assistive technology only.
pub const DRAWN_APART: &str = "<div id=s style='position: relative; border: 1px solid; width: 200px; height: 30px'><input id=i role=combobox aria-expanded=false aria-controls=l readonly aria-label=City style='opacity: 0; position: absolute; inset: 0'><span id=v style='pointer-events: none'>Bern</span></div><script>s.onmousedown = () => { const d = document.createElement('div'); d.innerHTML = '<div role=listbox id=l style=\"height: 0; width: 0; overflow: hidden\"><div role=option>Bern</div><div role=option>Rome</div></div><div><div><div>Bern</div></div><div><div>Rome</div></div></div>'; d.onclick = ({ target }) => { v.textContent = target.textContent; d.remove(); i.ariaExpanded = 'false' }; document.body.append(d); i.ariaExpanded = 'true' }</script>";
/// A native list that is hidden, and what is drawn in its place.
pub const REPLACED_LIST: &str = "<label for=s>State</label><select id=s tabindex=-1 aria-hidden=true style='clip: rect(0 0 0 0); height: 1px; width: 1px; overflow: hidden; position: absolute'><option>Alabama<option>Wyoming</select><span><span id=x role=combobox aria-expanded=false tabindex=0 aria-labelledby=c style='border: 1px solid'><span id=c role=textbox aria-readonly=true>Alabama</span></span></span><script>x.onmousedown = () => { const l = document.createElement('ul'); l.role = 'listbox'; l.innerHTML = '<li role=option>Alabama</li><li role=option>Wyoming</li>'; l.onclick = ({ target }) => { c.textContent = target.textContent; l.remove(); x.ariaExpanded = 'false' }; document.body.append(l); x.ariaExpanded = 'true' }</script>";
