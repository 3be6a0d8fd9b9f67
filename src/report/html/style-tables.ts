/** How tables of figures, the table of cases and the drawer look. */

const FIGURES = `
.scroll{overflow-x:auto;max-width:100%;background:linear-gradient(90deg,var(--paper) 40%,transparent) 0 0/2.5rem 100% no-repeat local,linear-gradient(270deg,var(--paper) 40%,transparent) 100% 0/2.5rem 100% no-repeat local,linear-gradient(90deg,var(--edge),transparent) 0 0/1rem 100% no-repeat scroll,linear-gradient(270deg,var(--edge),transparent) 100% 0/1rem 100% no-repeat scroll}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.figures{width:100%;font-size:.9375rem;line-height:1.4}
.figures.narrow{width:auto}
.figures th,.figures td{text-align:left;vertical-align:top;padding:.55rem 1.5rem .55rem 0;border-top:1px solid var(--line);min-width:5.5rem}
.figures thead th{border-top:0;font-size:.8125rem;font-weight:550;color:var(--soft);vertical-align:bottom}
.figures thead th small{display:block}
.figures tbody th{font-weight:550;min-width:8rem;max-width:18rem;overflow-wrap:anywhere}
.figures tbody th small:not(.chip){display:block}
.figures+.figures,.scroll+.scroll{margin-top:1.5rem}
.figures td b{font-weight:600;font-size:1.0625rem;white-space:nowrap}
.figures td small{display:block;white-space:nowrap}
.figures td .reason,.figures td small span[lang]{white-space:normal}
.figures .reason{max-width:19rem;margin-top:.3rem}
.figures.words td small{white-space:normal}
.figures .plain{list-style:none;padding:0}.plain li{margin:0}
.requirements .figures td{min-width:10rem}
.requirements .figures td:nth-child(2){min-width:7rem;white-space:nowrap;color:var(--soft)}
.state{font-size:.8125rem;font-weight:600}
.state.MET{color:var(--good)}.state.NOT_MET{color:var(--bad)}.state.UNDECIDED,.state.AT_THRESHOLD{color:var(--open)}
.facts{font-size:.875rem}
.facts th,.facts td{text-align:left;vertical-align:top;padding:.3rem 1.5rem .3rem 0}
.facts th{font-weight:400;color:var(--soft);white-space:nowrap}
.key{display:inline-flex;align-items:center;justify-content:center;width:1.35rem;height:1.35rem;border-radius:50%;border:1.5px solid var(--soft);font-size:.75rem;font-weight:650;margin-right:.35rem}
.key.base{background:var(--base);border-color:var(--base);color:var(--paper)}.key.fresh{border-radius:0;background:var(--fresh);border-color:var(--fresh);color:var(--paper)}
.heat td{padding:.45rem .75rem;border:2px solid var(--paper);min-width:6rem;color:var(--heat-ink)}
.heat thead th:not(:first-child){padding-left:.75rem}.heat tbody th{border-top:0;padding-top:.45rem}.heat .item{padding-left:1.25rem;font-weight:400}
.heat td small{color:inherit;opacity:.78}
.heat .delta{background:none;font-weight:600;color:var(--ink)}
.heat-0{background:rgba(var(--heat),.03)}.heat-1{background:rgba(var(--heat),.09)}.heat-2{background:rgba(var(--heat),.16)}.heat-3{background:rgba(var(--heat),.24)}.heat-4{background:rgba(var(--heat),.33)}.heat-5{background:rgba(var(--heat),.44)}
.gaps{width:100%;margin:1rem 0 .5rem;table-layout:fixed;font-size:.9375rem}
.gaps col.name{width:24%}.gaps col.figure{width:21%}.arms col.name{width:15%}.arms col.rates{width:18.5%}.arms col.shares-at{width:20%}.arms col.figure{width:16.5%}
.gaps th{text-align:left;font-weight:400;padding-right:1rem;overflow-wrap:anywhere;line-height:1.3}
.gaps th,.gaps td{padding-block:.3rem;vertical-align:middle}
.gaps td{padding-right:1rem}.gaps td:last-child{padding-right:0}.gaps td.shares-at{padding-right:1.5rem}
.gaps td small{display:inline-block;margin-left:.5rem}.gaps td.figure small{display:block;margin-left:0}
.gaps .figure b{font-size:1.0625rem}
.gaps .total th{font-weight:600}.gaps .part th{padding-left:1.25rem;color:var(--soft);font-size:.875rem}
.gaps .part b{font-weight:500;font-size:.875rem}
.gaps .total th,.gaps .total td{border-top:1px solid var(--line)}
.gaps tr:first-child th,.gaps tr:first-child td{border-top:0}
.gaps .heads th{color:var(--soft);font-size:.8125rem;font-weight:550;vertical-align:bottom}
.gaps .axis td{padding-top:0;vertical-align:top}
.only-narrow{display:none!important}
.rate{display:block;line-height:20px;white-space:nowrap}.rate b{font-weight:600}
.arm{font-size:.75em;vertical-align:.08em}.arm.base{color:var(--base)}.arm.fresh{color:var(--fresh)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.ends{display:flex;justify-content:space-between;gap:1rem;font-size:.75rem;color:var(--soft)}.ends span:not(:last-child){white-space:nowrap}.ends span:last-child{text-align:right}.limit-name{color:var(--bad)}
.marks{letter-spacing:.08em;font-size:1.05em;line-height:1}.mark.p{color:var(--ink)}.mark.f{color:var(--bad)}.mark.m{color:var(--soft)}
@media screen and (max-width:48rem){
.gaps,.gaps thead,.gaps tbody,.gaps tr,.gaps th,.gaps td{display:block;width:auto!important}
.ends span:not(:last-child){white-space:normal}
.only-narrow{display:flex!important}.gaps .total td,.gaps .axis td{border-top:0}.gaps .heads td,.gaps colgroup{display:none}
.gaps td,.gaps th,.gaps .part th{padding:.1rem 0}.gaps .total th{padding-top:.6rem}.gaps .part th{padding-top:.3rem}
.gaps td.figure small{display:inline-block;margin-left:.5rem}.gaps td:empty{display:none}
.requirements .figures,.requirements .figures tbody,.requirements .figures tr,.requirements .figures th,.requirements .figures td{display:block;width:auto;max-width:none;min-width:0}
.requirements .figures thead{display:none}.requirements .figures td{border-top:0;padding:.25rem 0}.requirements .figures tbody th{padding:.7rem 0 0}.requirements .figures td:nth-child(2){padding:0}
.requirements .figures td .only-narrow{font-size:.875rem;font-weight:550}.requirements .figures .reason{max-width:none}
.heat,.heat tbody{display:block}.heat thead{display:none}
.heat tr{display:flex;flex-wrap:wrap}.heat tbody th{flex:1 0 100%;max-width:none}
.heat td{flex:1 1 8rem;min-width:0}.heat td small{white-space:normal}
.heat td::before{content:attr(data-name);display:block;font-size:.75rem;opacity:.78;overflow-wrap:anywhere}
.facts tr,.facts th,.facts td{display:block;padding-right:0}.facts td{padding-top:0}
}
`;

const CASES = `
.filters{display:grid;gap:.75rem;margin:.25rem 0 .75rem}
.chips{display:flex;flex-wrap:wrap;gap:.35rem}
button,select,input{font:inherit;color:inherit;font-size:.875rem}
button{background:none;border:1px solid var(--line);border-radius:.4rem;padding:.3rem .7rem;cursor:pointer}
button:hover{border-color:var(--soft)}
button:disabled{opacity:.4;cursor:default}
.filter[aria-pressed=true]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
input[type=search]{width:100%;max-width:28rem;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.45rem .7rem}
.choices{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end}
.choices label span{display:block;font-size:.75rem;color:var(--soft)}
select{background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.3rem .4rem;max-width:min(100%,20rem)}
.count{font-size:.8125rem;color:var(--soft);margin-bottom:.35rem}
.cases table{width:100%;font-size:.875rem;line-height:1.4}
.cases th,.cases td{text-align:left;padding:.42rem 1rem .42rem 0;border-top:1px solid var(--line);vertical-align:top}
.cases thead th{border-top:0;font-size:.8125rem;color:var(--soft);font-weight:550;vertical-align:bottom}
.cases .num{text-align:right}
.cases tbody tr{cursor:pointer}.cases tbody tr:hover{background:var(--wash)}
.show-case{border:0;padding:0;text-align:left;font-family:var(--mono);font-size:.8125rem;text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:.2em;overflow-wrap:anywhere}
.sort{border:0;padding:0;font-weight:550;font-size:.8125rem;color:inherit}
[aria-sort=other] .sort{color:var(--ink)}
.outcome,.tally{white-space:nowrap}
.lost .outcome,b.lost{color:var(--bad)}.won .outcome,b.won{color:var(--good)}.same .outcome{color:var(--soft)}.open .outcome{color:var(--open)}
.cases .reason{color:var(--soft);min-width:10rem;max-width:26rem;overflow-wrap:anywhere}
.more{padding:.75rem 0}
dialog{width:min(72rem,100vw);max-width:100vw;height:100dvh;max-height:100dvh;margin:0 0 0 auto;border:0;border-left:1px solid var(--line);padding:1.5rem clamp(1rem,3vw,2.25rem) 3rem;background:var(--paper);color:var(--ink);overflow-y:auto}
dialog::backdrop{background:rgba(0,0,0,.35)}
dialog header{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1rem;align-items:start;position:sticky;top:-1.5rem;background:var(--paper);padding:.75rem 0;border-bottom:1px solid var(--line);margin-bottom:1rem;z-index:1}
dialog h2{font-family:var(--mono);font-size:1.125rem;overflow-wrap:anywhere}dialog h2:focus{outline:0}
dialog header nav{grid-row:1;grid-column:2;display:flex;gap:.35rem}
dialog .meta{font-size:.875rem;color:var(--soft)}
dialog h3{font-size:1rem;margin:1.5rem 0 .5rem}
dialog h4{font-size:.875rem;margin:0 0 .35rem}
dialog summary{cursor:pointer;font-weight:650}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem 2rem;margin-top:.5rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;background:var(--wash);border-radius:.4rem;padding:.7rem .9rem;line-height:1.5;max-height:36rem;overflow-y:auto}
section.p pre{border-left:3px solid var(--good)}section.f pre{border-left:3px double var(--bad)}section.m pre{border-left:3px dotted var(--soft)}
.message{margin-bottom:.6rem}
del{background:rgba(164,38,44,.14);text-decoration:line-through}ins{background:rgba(11,107,69,.16);text-decoration:underline;text-underline-offset:.2em}
.grades{list-style:none;padding:0;font-size:.875rem;margin-top:.6rem}.grades code{display:inline-block;margin-left:.5rem;background:var(--wash);padding:0 .3rem}.said{color:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}.broken{color:var(--bad)}
.trials,.json{width:100%;font-size:.875rem}
.trials th,.trials td,.json th,.json td{text-align:left;font-weight:400;padding:.35rem 1rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}
.trials thead th,.json thead th{color:var(--soft);border-top:0;font-size:.8125rem}
.trials .head th{font-weight:600}.trials .num{text-align:right}.trials .num:last-child{padding-right:0}
`;

export const TABLE_STYLE = `${FIGURES}${CASES}`;
