//! Sentences about what style sheets draw and scroll: some that pass, and some that fail.

use super::Case;

/// Each is true of its page.
pub const TRUE: &[Case] = &[
    (
        "<style>p::first-line{text-transform:uppercase}</style><p>hello world</p>",
        "I see the text \"hello world\"",
    ),
    (
        "<style>h1{color:#fff}h1::first-line{color:#000}</style><h1>Hello world</h1>",
        "I see the heading \"Hello world\"",
    ),
    (
        "<style>p{color:#fff}p::first-line{color:#000}</style><p>Hello world</p>",
        "I see the text \"Hello world\"",
    ),
    (
        "<style>div::first-line{color:#fff}</style><div>Hello<p>world</p></div>",
        "I see the text \"world\"",
    ),
    (
        "<style>p::first-letter{font-size:30px;color:red}</style><p>Hello</p>",
        "I see the text \"Hello\"",
    ),
    (
        "<style>@counter-style box{system:cyclic;symbols:'★';suffix:' '}li{list-style:box}</style><ol><li>One<li>Two</ol>",
        "I see the text \"★ One\"",
    ),
    (
        "<style>@counter-style ab{system:fixed;symbols:A B C;suffix:') '}ol{list-style:ab}</style><ol><li>One<li>Two</ol>",
        "I see the text \"B) Two\"",
    ),
    (
        "<style>@counter-style lz{system:extends decimal;prefix:'§';suffix:' '}ol{list-style:lz}</style><ol><li>One<li>Two</ol>",
        "I see the text \"§2 Two\"",
    ),
    (
        "<style>@counter-style bin{system:numeric;symbols:'0' '1';suffix:': '}ol{list-style:bin}</style><ol><li>a<li>b<li>Three</ol>",
        "I see the text \"11: Three\"",
    ),
    (
        "<style>@counter-style al{system:alphabetic;symbols:x y;suffix:': '}ol{list-style:al}</style><ol><li>a<li>b<li>Three</ol>",
        "I see the text \"xx: Three\"",
    ),
    (
        "<style>@counter-style sy{system:symbolic;symbols:'*' '†';suffix:' '}ol{list-style:sy}</style><ol><li>a<li>b<li>Three</ol>",
        "I see the text \"** Three\"",
    ),
    (
        "<style>@counter-style ad{system:additive;additive-symbols:5 V,1 I;suffix:' '}ol{list-style:ad}</style><ol start=6><li>Six</ol>",
        "I see the text \"VI Six\"",
    ),
    (
        "<style>@counter-style p{system:numeric;symbols:'0' '1' '2' '3' '4' '5' '6' '7' '8' '9';pad:3 '0'}ol{list-style:p}</style><ol><li>One</ol>",
        "I see the text \"001. One\"",
    ),
    (
        "<style>@counter-style al{system:alphabetic;symbols:x y}p{counter-increment:c}p::before{content:counter(c,al) ' '}</style><p>One<p>Two",
        "I see the text \"y Two\"",
    ),
    (
        "<ol style='list-style:lower-greek'><li>One<li>Two</ol>",
        "I see the text \"β. Two\"",
    ),
    (
        "<ol style='list-style:arabic-indic'><li>One<li>Two</ol>",
        "I see the text \"٢. Two\"",
    ),
    (
        "<ol style='list-style:cjk-decimal'><li>One<li>Two</ol>",
        "I see the text \"二、Two\"",
    ),
    (
        "<ol style='list-style:hebrew'><li>One<li>Two</ol>",
        "I see the text \"ב. Two\"",
    ),
    (
        "<ol style='list-style:lower-armenian'><li>One<li>Two</ol>",
        "I see the text \"բ. Two\"",
    ),
    (
        "<marquee><a href=#x>Breaking</a></marquee>",
        "I see the link \"Breaking\"",
    ),
    (
        "<marquee>Breaking news that is a very long line of words and goes on and on so that it fits in no window at all, whatever its width may be, really none, none at all</marquee>",
        "I see the text \"Breaking news\"",
    ),
    (
        "<p style='clip-path:shape(from 0 0, line to 100% 0, line to 100% 100%, line to 0 100%, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:shape(from 0px 0px, curve to 100% 100% with 100% 0%, line to 0px 100%, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<style>p::first-line{text-transform:uppercase}</style><p>hello world</p>",
        "I see the text \"HELLO WORLD\"",
    ),
    (
        "<style>p{width:120px;font:16px monospace}p::first-line{text-transform:uppercase}</style><p>hello world how are you</p>",
        "I see the text \"HELLO WORLD how are you\"",
    ),
    (
        "<style>p{width:120px;font:16px monospace}p::first-line{text-transform:uppercase}</style><p>hello world how are you</p>",
        "I see the text \"hello world how are you\"",
    ),
    (
        "<style>li::marker{color:red}</style><ol><li>One<li>Two</ol>",
        "I see the text \"2. Two\"",
    ),
    (
        "<style>ol{background:#036;color:#ff0}li::marker{color:#fff}</style><ol><li>One<li>Two</ol>",
        "I see the text \"2. Two\"",
    ),
    (
        "<h1 style='width:400px;clip-path:polygon(0 0,100% 0,100% 100%,0 100%)'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<span>Hours</span><div role=group aria-label=Hours><div style='position:relative;height:20px;width:300px'><div style='position:absolute;left:20%;width:12px;height:12px;background:red'><div style='border:0;clip:rect(0,0,0,0);clip-path:inset(50%);height:1px;margin:-1px;overflow:hidden;padding:0;position:absolute;width:1px;white-space:nowrap'><input type=range aria-label=Hours min=1 max=24 value=6></div></div></div></div>",
        "I see the slider \"Hours\"",
    ),
    (
        "<span>Hours</span><div role=group aria-label=Hours><div style='position:relative;height:20px;width:300px'><div style='position:absolute;left:20%;width:12px;height:12px;background:red'><div style='border:0;clip:rect(0,0,0,0);clip-path:inset(50%);height:1px;margin:-1px;overflow:hidden;padding:0;position:absolute;width:1px;white-space:nowrap'><input type=range aria-label=Hours min=1 max=24 value=6></div></div></div></div>",
        "I click the slider \"Hours\"",
    ),
    ("<marquee>Breaking news</marquee>", "I see the text \"Breaking news\""),
    (
        "<button onmouseenter='t.hidden=false;t.style.opacity=1' onmouseleave='t.hidden=true'>Help</button><p style='height:900px'>a</p><p id=t hidden style='position:fixed;top:600px;opacity:0;transition:opacity .3s'>Tipped</p>",
        "I point at the button \"Help\"\n    Then I see the text \"Tipped\"",
    ),
    (
        "<x-o role=option tabindex=0>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"background:#00f;color:#fff\"><slot style=\"display:inline-block\"></slot></div>'}})</script>",
        "I see the text \"Kestrel\"",
    ),
    (
        "<x-o role=button tabindex=0>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"background:#00f;color:#fff\"><slot style=\"display:inline-block\"></slot></div>'}})</script>",
        "I see the button \"Kestrel\"",
    ),
    (
        "<x-o role=button tabindex=0>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"background:#00f;color:#fff\"><slot></slot></div>'}})</script>",
        "I see the button \"Kestrel\"",
    ),
    (
        "<x-f></x-f><script>customElements.define('x-f', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = `<div style='border: 1px solid; position: relative; width: 200px; height: 40px'><b style='position: absolute'>Name</b><span style='opacity: 0'><input aria-label=Name onfocus='this.parentNode.style.opacity = 1'></span></div>` } })</script>",
        "I see the text field \"Name\"",
    ),
    (
        "<x-f></x-f><script>customElements.define('x-f', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = `<div style='border: 1px solid; position: relative; width: 200px; height: 40px'><b style='position: absolute'>Name</b><span style='opacity: 0'><input aria-label=Name onfocus='this.parentNode.style.opacity = 1'></span></div>` } })</script>",
        "I type \"Ada\" into the text field \"Name\"",
    ),
];

/// None is true of its page.
pub const FALSE: &[Case] = &[
    (
        "<div style='interactivity:inert'><button>Save</button></div>",
        "I see the button \"Save\"",
    ),
    (
        "<style>p::first-line{color:#fff}</style><p>Hello world</p>",
        "I see the text \"Hello world\"",
    ),
    (
        "<style>p::first-line{color:transparent}</style><p>Hello world</p>",
        "I see the text \"Hello world\"",
    ),
    (
        "<style>p{width:100px}p::first-line{color:#fff}</style><p>Hello<br>world again</p>",
        "I see the text \"Hello\"",
    ),
    (
        "<style>h1::first-line{color:#fff}</style><h1>Hello world</h1>",
        "I see the heading \"Hello world\"",
    ),
    (
        "<style>p::first-letter{color:#fff}</style><p>Hello</p>",
        "I see the text \"Hello\"",
    ),
    (
        "<style>@counter-style box{system:cyclic;symbols:'★';suffix:' '}li{list-style:box}</style><ol><li>One<li>Two</ol>",
        "I see the text \"2. Two\"",
    ),
    (
        "<ol style='list-style:lower-greek'><li>One<li>Two</ol>",
        "I see the text \"2. Two\"",
    ),
    (
        "<marquee>Breaking news</marquee>",
        "I do not see the text \"Breaking news\"",
    ),
    (
        "<p style='clip-path:shape(from 0 0, line to 1px 0, line to 1px 1px, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:shape(from 50% 0, line to 100% 0, line to 100% 100%, line to 50% 100%, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:shape(from 200px 0px, hline to 400px, vline to 100%, hline to 200px, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:shape(from 200px 0px, hline by 200px, vline by 50px, hline by -200px, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:polygon(calc(100% - 50px) 0,100% 0,100% 100%,calc(100% - 50px) 100%)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<p style='width:400px;clip-path:polygon(0 0,15px 0,15px 100%,0 100%)'>Paid in full</p>",
        "I see the text \"Paid in full\"",
    ),
    (
        "<p style='width:400px;height:40px;clip-path:shape(evenodd from 0 0, line to 100% 0, line to 100% 100%, line to 0 100%, close, move to 0 0, line to 100% 0, line to 100% 100%, line to 0 100%, close)'>Paid</p>",
        "I see the text \"Paid\"",
    ),
    (
        "<div id=s style='height:60px;overflow:auto'><p style='height:400px'>a</p><button onclick=''>Go</button></div><p id=o>calm</p><script>s.addEventListener('scrollend',()=>{setTimeout(()=>{o.textContent='moved'},300)})</script>",
        "I scroll to the button \"Go\"\n    Then I do not see the text \"moved\"",
    ),
    (
        "<p style='height:3000px'>a</p><button>Go</button><p id=o>calm</p><script>document.addEventListener('scrollend',()=>{setTimeout(()=>{o.textContent='moved'},300)})</script>",
        "I scroll to the button \"Go\"\n    Then I do not see the text \"moved\"",
    ),
    (
        "<p style='height:3000px'>a</p><button>Go</button><p id=o>calm</p><script>document.addEventListener('scroll',()=>{setTimeout(()=>{o.textContent='moved'},300)})</script>",
        "I scroll to the button \"Go\"\n    Then I do not see the text \"moved\"",
    ),
    (
        "<p style='height:3000px'>a</p><button>Go</button><p id=o>calm</p><script>new IntersectionObserver(e=>{if(e[0].isIntersecting)setTimeout(()=>{o.textContent='moved'},300)}).observe(document.querySelector('button'))</script>",
        "I scroll to the button \"Go\"\n    Then I do not see the text \"moved\"",
    ),
    (
        "<style>p{width:120px;font:16px monospace}p::first-line{text-transform:uppercase}</style><p>hello world how are you</p>",
        "I see the text \"HELLO WORLD HOW ARE YOU\"",
    ),
    (
        "<style>li::marker{color:#fff}</style><ol><li>One<li>Two</ol>",
        "I see the text \"2. Two\"",
    ),
    (
        "<h1 style='width:400px;clip-path:shape(from 300px 0px, hline to 400px, vline to 100%, hline to 300px, close)'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<h1 style='width:400px;clip-path:polygon(75% 0,100% 0,100% 100%,75% 100%)'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<h1 style='width:400px;clip-path:inset(0 0 0 300px)'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<h1 style='width:400px;mask-image:linear-gradient(to right,transparent 70%,#000 70%)'>Paid</h1>",
        "I see the heading \"Paid\"",
    ),
    (
        "<div style='width:300px;height:30px'><div style='height:0;overflow:hidden'><input type=range aria-label=Hours></div></div>",
        "I see the slider \"Hours\"",
    ),
    (
        "<x-o role=button tabindex=0>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"background:#fff;color:#fff\"><slot></slot></div>'}})</script>",
        "I see the button \"Kestrel\"",
    ),
    (
        "<x-o role=button tabindex=0>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"position:relative\"><slot></slot><b style=\"position:absolute;inset:0;background:#fff\"></b></div>'}})</script>",
        "I see the button \"Kestrel\"",
    ),
    (
        "<x-o>Kestrel</x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"position:relative\"><slot></slot><b style=\"position:absolute;inset:0;background:#fff\"></b></div>'}})</script>",
        "I see the text \"Kestrel\"",
    ),
    (
        "<x-o></x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div style=\"opacity:0\"><input aria-label=Name></div>'}})</script>",
        "I see the text field \"Name\"",
    ),
    (
        "<x-o style='opacity:0'></x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<div><input aria-label=Name></div>'}})</script>",
        "I see the text field \"Name\"",
    ),
    (
        "<x-o></x-o><script>customElements.define('x-o',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<p>Login</p><div style=\"opacity:0\"><input aria-label=Name></div>'}})</script>",
        "I see the text field \"Name\"",
    ),
    (
        "<style>p { width: 100px; color: #fff } p::first-line { color: #000 }</style><p>Hello<br>world</p>",
        "I see the text \"world\"",
    ),
    (
        "<style>p { width: 60px; font: 16px monospace; color: #fff } p::first-line { color: #000 }</style><p>Hello world</p>",
        "I see the text \"Hello world\"",
    ),
];
