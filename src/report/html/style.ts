/** How the page looks: system fonts, one column of text, hairlines; light and dark; shape and word beside every colour. */
import { TABLE_STYLE } from "./style-tables.ts";

const COLOURS = `
:root{color-scheme:light dark;--paper:#fcfcfa;--ink:#1a1c1f;--soft:#5c6168;--line:#dfe0dc;--wash:#f3f3ef;--base:#1f5fa8;--fresh:#b2480a;--good:#0b6b45;--bad:#a4262c;--open:#7a5a00;--change:#5b3fa0;--focus:#1f5fa8;--edge:rgba(60,64,70,.35);--heat:31,95,168;--heat-ink:#1a1c1f;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#141618;--ink:#e8e8e4;--soft:#a2a7ae;--line:#33373b;--wash:#1d2023;--base:#7db4ee;--fresh:#f0a066;--good:#64c79a;--bad:#f28b8b;--open:#dcb95a;--change:#b9a3f0;--focus:#7db4ee;--edge:rgba(200,205,212,.4);--heat:90,150,220;--heat-ink:#f4f4f0}}
`;

const TEXT = `
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;scroll-padding-top:4rem}
body{margin:0}
main,.top,footer{max-width:76rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
h1,h2,h3,h4,p,ul,ol,dl,dd,pre{margin:0}
ul,ol{padding-left:1.15rem}
li{margin:.3rem 0}
small{font-size:.8125rem;color:var(--soft);font-weight:400}
code,pre{font-family:var(--mono);font-size:.8125rem}
code{overflow-wrap:anywhere}
a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:.18em}
a:hover{text-decoration-color:currentcolor}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.top{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding-top:1.75rem;padding-bottom:1rem}
.top h1{font-size:1rem;font-weight:650;letter-spacing:-.01em}
.top p{color:var(--soft);font-size:.875rem}
.note,.lead{color:var(--soft);font-size:.875rem;max-width:46rem}
.lead{margin-bottom:1rem}
.chip{display:inline-block;font-size:.75rem;font-weight:500;letter-spacing:0;color:var(--soft);border:1px solid var(--line);border-radius:1rem;padding:.05rem .55rem;margin-right:.25rem;vertical-align:.12em}
.none{color:var(--soft)}
.no-script{display:block}.js .no-script{display:none}.needs-script{display:none}.js .needs-script{display:block}
.inline{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem .9rem;margin:.4rem 0}
.inline li{margin:0;overflow-wrap:anywhere}
.alert{border-left:4px solid var(--open);padding:.4rem 1rem;margin-bottom:.75rem;background:var(--wash)}
`;

const OVERVIEW = `
.suites{border-block:1px solid var(--line);position:sticky;top:0;background:var(--paper);z-index:2}
.suites ul{list-style:none;max-width:76rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem);display:flex;overflow-x:auto;gap:.25rem 2rem}
.suites li{margin:0;flex:none}
.suites a{display:block;padding:.7rem 0 .6rem;text-decoration:none;border-bottom:3px solid transparent;font-size:.9375rem;font-weight:550}
.suites a small{display:block;line-height:1.3}
.js .suites a[aria-current]{border-color:var(--ink)}
.suites .tone-good small{color:var(--good)}.suites .tone-bad small{color:var(--bad)}.suites .tone-open small{color:var(--open)}.suites .tone-change small{color:var(--change)}
.suite{padding-top:clamp(1.5rem,4vw,3rem)}
html:not(.js) .suite+.suite{border-top:1px solid var(--line);margin-top:4rem}
.strip{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:1.5rem clamp(1.5rem,5vw,4.5rem);align-items:end}
.strip h2{font-size:1rem;font-weight:600;color:var(--soft)}
.verdict{font-size:clamp(2rem,5.2vw,3.25rem);line-height:1.08;font-weight:700;letter-spacing:-.025em;margin:.1rem 0 .5rem}
.tone-good .verdict{color:var(--good)}.tone-bad .verdict{color:var(--bad)}.tone-open .verdict{color:var(--open)}.tone-change .verdict{color:var(--change)}
.sign{font-weight:600}
.means{font-size:1.125rem;line-height:1.4;max-width:34rem}
.gate-bad,.suites small .gate-bad{color:var(--bad)}.gate-open,.suites small .gate-open{color:var(--open)}
.means+.means{margin-top:.5rem;font-size:1rem}
.about{color:var(--soft);max-width:36rem;margin-top:.5rem;font-size:.9375rem}
.facts{color:var(--soft);font-size:.8125rem}
p.facts{margin-top:.5rem}
.intro{margin-top:1.5rem}
.line{display:block!important;margin-left:0!important}
.number{border-left:1px solid var(--line);padding-left:clamp(1rem,2.5vw,2rem)}
.number .name{font-size:.9375rem;font-weight:550}
.number .name small{display:block}
.number .figure{font-size:clamp(2rem,4.6vw,3rem);line-height:1.15;font-weight:300;letter-spacing:-.03em;font-variant-numeric:tabular-nums;white-space:nowrap}
.number .unit{font-size:.42em;font-weight:400;letter-spacing:0;color:var(--soft)}
.number .range{font-size:.875rem;color:var(--soft);font-variant-numeric:tabular-nums}
.beside{grid-column:1/-1;display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1rem 2rem;border-top:1px solid var(--line);padding-top:.9rem}
.beside dt{font-size:.8125rem;color:var(--soft)}
.beside dd{font-variant-numeric:tabular-nums;font-weight:550;font-size:.9375rem}
.beside dd small{display:block;line-height:1.35}
.pair{display:block}.pair small{display:inline!important}
`;

const TWO_RUNS = `
.suite-name{font-size:1rem;font-weight:600;color:var(--soft);margin-bottom:.75rem}
.runs{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.5rem clamp(1.5rem,4vw,3.5rem)}
.runs section{display:grid;grid-template-rows:subgrid;grid-row:span 3;row-gap:0;border-top:2px solid var(--ink);padding-top:.6rem}
.which{font-size:.875rem;color:var(--soft)}.which b{color:var(--ink);margin-right:.35rem}
.runs .verdict{font-size:clamp(1.5rem,3vw,2.25rem)}
.runs .means{font-size:1rem}
.runs .number{border-left:0;border-top:1px solid var(--line);padding:.75rem 0;margin-top:1rem}
.runs .number .figure{font-size:clamp(1.6rem,3vw,2.1rem)}.runs .number .unit{font-size:.5em}
.runs .beside{grid-column:auto;align-content:start;grid-template-columns:repeat(auto-fit,minmax(min(100%,9rem),1fr))}
.moved{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1.25rem clamp(1.5rem,4vw,3.5rem);margin-top:1.75rem;border-top:2px solid var(--ink);padding-top:.9rem}
.moved .number{border-left:0;padding-left:0}
.moved .open{color:var(--open);font-weight:550}
.moved+.note{margin-top:.75rem;max-width:60rem}
small.run{color:var(--soft);font-size:.75rem;font-weight:400;text-transform:none}
.gaps small.run{display:block;margin-left:0}
.cards small.run{display:inline!important;margin-right:.25rem}
.cards li span+span{display:block;margin-top:.2rem}.cards li span{display:block}
.differs{background:var(--wash);box-shadow:inset 3px 0 0 var(--change);padding-left:.75rem!important}
.differs::before{content:"≠ ";color:var(--change);font-weight:650}
.gaps .joined th,.gaps .joined td{border-top:0!important}
.money .figures tbody th{min-width:11rem}
.spot.base circle[r="8"]{fill:none;stroke-width:2}
.facts.two{width:100%;table-layout:fixed;min-width:34rem}.facts.two .name{width:22%}.facts.two thead th{color:var(--ink);font-weight:600}
`;

const VIEWS = `
.view{margin-top:clamp(2rem,4vw,3.25rem)}
.view h3,.run h2{font-size:1.25rem;font-weight:650;letter-spacing:-.012em;margin-bottom:.6rem}
.view h4{font-size:.9375rem;font-weight:650;margin:1.5rem 0 .5rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 clamp(1.5rem,4vw,3.5rem)}
.columns li{font-size:.9375rem;max-width:38rem}
.view li{font-size:.9375rem}
.scroll+p,.scroll+.inline{margin-top:.75rem}p+.scroll{margin-top:.6rem}.inline+.scroll{margin-top:.75rem}
.steps{list-style:none;padding:0;counter-reset:step}
.steps li{counter-increment:step;padding-left:1.6rem;position:relative}
.steps li::before{content:counter(step);position:absolute;left:0;color:var(--soft);font-variant-numeric:tabular-nums}
.steps small{display:block}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.75rem clamp(1.5rem,4vw,3.5rem)}
.cards article{border-top:2px solid var(--ink);padding-top:.6rem}
.cards h4{margin:0 0 .6rem;font-size:1.0625rem}
.cards ul{list-style:none;padding:0}
.cards li{margin:.55rem 0;font-variant-numeric:tabular-nums;font-size:.9375rem;line-height:1.42}
.cards li small{display:block;line-height:1.4}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.25rem clamp(1.5rem,4vw,3.5rem);align-items:start;margin:.5rem 0 1.25rem}
svg{display:block}
svg text{font-size:11.5px;fill:var(--soft);font-variant-numeric:tabular-nums}
svg .title{fill:var(--ink);font-size:12px}
.plot{width:100%;max-width:34rem;height:auto;overflow:visible}
.grid{stroke:var(--line)}
.zero{stroke:var(--soft)}
.limit{stroke:var(--bad);stroke-dasharray:4 3;stroke-width:1.5}
.row{overflow:visible}.bar{stroke:var(--ink);stroke-width:1.75}.part .bar{stroke:var(--soft);stroke-width:1.5}
.dot{fill:var(--ink)}.part .dot{fill:var(--paper);stroke:var(--soft);stroke-width:2}
.ghost{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:2 2}
.tick{stroke:var(--soft)}
.verdict .short{display:block;font-size:.48em;font-weight:600;line-height:1.3;letter-spacing:0}.suites .short{display:block}.shares{overflow:visible}.figures .shares{margin-top:.35rem}.shares .track{stroke:var(--line)}
.shares .base .bar{stroke:var(--base)}.shares .base circle{fill:var(--base)}
.shares .fresh .bar{stroke:var(--fresh)}.shares .fresh rect{fill:var(--fresh)}
.hollow .base circle{fill:var(--paper);stroke:var(--base);stroke-width:1.75}.hollow .fresh rect{fill:var(--paper);stroke:var(--fresh);stroke-width:1.75}
.front{fill:none;stroke:var(--soft);stroke-dasharray:1 4;stroke-width:2;stroke-linecap:round}
.spot circle,.spot rect{fill:var(--paper);stroke:var(--soft);stroke-width:1.5}.spot line{stroke:var(--soft);stroke-width:.75}
.spot.base circle{fill:var(--base);stroke:var(--base)}.spot.fresh rect{fill:var(--fresh);stroke:var(--fresh)}
.spot text{fill:var(--ink);font-weight:650}
.line polyline{fill:none;stroke:var(--ink);stroke-width:2}
.line circle{fill:var(--ink)}.line .name{fill:var(--ink);font-weight:600}
`;

const NARROW = `
@media screen and (max-width:48rem){
.strip{grid-template-columns:minmax(0,1fr)}
.runs{grid-template-columns:minmax(0,1fr)}
.number{border-left:0;border-top:1px solid var(--line);padding:.9rem 0 0}
.moved .number{border-top:0;padding:0}
.beside{grid-template-columns:repeat(2,minmax(0,1fr));gap:.9rem 1.25rem}
.trials,.trials tbody{display:block}.trials thead{display:none}.trials tr{display:flex;flex-wrap:wrap}.trials th{flex:1 0 100%}
.trials td,.trials td.num{flex:0 1 auto;border:0;padding:.1rem 1.25rem .35rem 0;text-align:left;overflow-wrap:anywhere}
.trials td::before{content:attr(data-name);display:block;font-size:.75rem;color:var(--soft)}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--wash:#fff}
html{font-size:10.5pt}
.suites,.skip,.filters,.more,.case-table,.needs-script,.view.cases{display:none!important}
.suite[hidden]{display:block!important}
.suite+.suite{break-before:page;border:0;margin:0}
.view.questions{break-before:page;break-after:page}
.cards{grid-template-columns:1fr 1fr}
.scroll{overflow:visible!important;background:none}.figures{font-size:8pt}.figures th,.figures td{min-width:0!important;padding-right:.45rem!important}.figures td b{font-size:9pt}.figures small,.figures td small{white-space:normal!important;font-size:7pt}.figures code{font-size:7pt}.figures tbody th{overflow-wrap:break-word}.heat td,.heat thead th:not(:first-child){padding:.3rem .35rem!important}.gaps{font-size:8pt}.gaps small,.gaps .heads th,.ends,.gaps .part th,.gaps .part b{font-size:7pt}.gaps .figure b{font-size:9pt}.gaps th,.gaps td{padding-right:.5rem}.arms col.rates{width:23%}.arms col.shares-at{width:16%}.arms col.name{width:15%}.axis text{font-size:8px}
tr,article,.plot,li{break-inside:avoid}
h3,h4{break-after:avoid}
}
`;

/** All rules of the page, in the one style element that its policy lets through. */
export const STYLE = [COLOURS, TEXT, OVERVIEW, TWO_RUNS, VIEWS, TABLE_STYLE, NARROW].join("");
