/** The score by number of training examples, with intervals, and the fitted curve where there is one. */
import { curveSentences } from "../../curve-view.ts";
import { formatCount, formatShare } from "../../numbers.ts";
import { lines } from "../charts/lines.ts";
import { scaleOver } from "../charts/scale.ts";
import { tickText } from "../charts/tick-text.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { section, type View } from "../view.ts";

export function curveView(view: View): Markup {
  const { t, suite } = view;
  const { curve } = suite.decision;
  if (curve === undefined) return NOTHING;
  const { points, fit, required } = curve;
  const values = points.flatMap(({ score }) => [
    score.value,
    score.interval?.lower ?? score.value,
    score.interval?.upper ?? score.value,
  ]);
  const fitted = fit.available ? fit.values : [];
  const x = scaleOver([0, ...points.map(({ examples }) => examples), ...fitted.map(({ examples }) => examples)], 5);
  const y = scaleOver([...values, ...(required === undefined ? [] : [required.threshold])], 5);
  const frame = {
    x,
    y,
    xText: (tick: number) => formatCount(tick),
    yText: tickText(y.ticks, { times: 100, after: " %" }),
    xTitle: t.curve.examples,
    yTitle: t.curve.score,
    said: {
      title: t.sections.curve,
      desc: points
        .map(({ examples, score }) => `${formatCount(examples)} ${t.curve.examples}: ${formatShare(score.value)}`)
        .join("; "),
    },
  };
  const drawn = lines(
    frame,
    [
      {
        name: "",
        points: points.map(({ examples, score }) => [examples, score.value] as const),
        ranges: points.map(({ score }) =>
          score.interval === undefined ? undefined : ([score.interval.lower, score.interval.upper] as const),
        ),
        dots: true,
        joined: false,
      },
      ...(fitted.length === 0
        ? []
        : [{ name: "", points: fitted.map(({ examples, value }) => [examples, value] as const) }]),
    ],
    required?.threshold,
  );
  const needed =
    required === undefined
      ? NOTHING
      : html`<p class="note"><span class="limit-name">┄</span> ${t.curve.needed}: ${formatShare(required.threshold, { bare: true })}</p>`;
  const said = html`<ul>${curveSentences(curve).map((text) => html`<li>${english(text, t)}</li>`)}</ul>`;
  return section(view, "curve", t.sections.curve, html`<div class="charts">${drawn}<div>${needed}${said}</div></div>`);
}
