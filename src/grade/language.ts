/**
 * Which language a text is written in, told by script, by letters that only some languages have, and by a vote of common words.
 * Says "cannot tell" rather than guess; a language that is not among these may pass as its neighbour (Danish as Swedish, Catalan as Spanish).
 */

export type LanguageGuess =
  | { readonly known: true; readonly language: string }
  | { readonly known: false; readonly why: string };

/** Scripts that one language alone uses, of those that are told apart here. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["th", /\p{Script=Thai}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["kn", /\p{Script=Kannada}/gu],
  ["pa", /\p{Script=Gurmukhi}/gu],
  ["bn", /\p{Script=Bengali}/gu],
  ["gu", /\p{Script=Gujarati}/gu],
  ["ta", /\p{Script=Tamil}/gu],
  ["te", /\p{Script=Telugu}/gu],
  ["ml", /\p{Script=Malayalam}/gu],
  ["cyrillic", /\p{Script=Cyrillic}/gu],
  ["arabic", /\p{Script=Arabic}/gu],
  ["devanagari", /\p{Script=Devanagari}/gu],
  ["latin", /\p{Script=Latin}/gu],
];

/** Common words by language, within a script that several share. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  latin: {
    en: "the of and to in is that it for was on are with as his they at be this have from or had by but not what all were we when your can said there use an each which she do how their if will you i my me so has",
    de: "der die das in an hat kann man und ist nicht ein eine ich sie es zu den mit von auf für im dem sich auch als wie wir aber oder bei nach wird sind einen haben war durch aus zum zur",
    fr: "le la les des et est un une dans que qui pour pas sur avec ce cette il elle nous vous je ne se au aux plus par sont mais ou son sa ses leur être à du",
    es: "el la los las de que me has he y en un una es por con para no se su al lo como más pero sus le ya este sí porque esta entre cuando muy sin sobre también del yo",
    it: "il lo la gli le di che e un una è per con non si del della dei delle nel alla sono più anche come ma questo questa ha al da i o se",
    pt: "o a os as de que e em um uma é por com para não se do da dos das no na ao mais como mas foi seu sua ou quando muito nos já eu também",
    nl: "de het een en van ik te dat die in is niet zijn op aan met voor hij was er maar om hem ook als dan bij nog door wel naar geen worden deze",
    sv: "och att det som en på är av för med den till inte om ett har de jag men var sig från vi så kan när hon han ska eller",
    pl: "nie się na i w z to że jest do jak o ale po co za od tak przez czy dla był już są tego",
    tr: "bir ve bu da de için ile çok ne daha gibi olarak ama ben sen en kadar var değil mi her sonra olan",
    vi: "của và là có được cho không một những người trong đã với để các này khi từ tôi chúng như nhưng",
    sw: "na ya wa ni kwa katika kama za la cha hii hiyo kuwa yake lakini si au mtu watu kwamba yangu sana nini hakuna ambayo alisema kuna",
    id: "yang dan di dari untuk dengan ini itu tidak dalam pada adalah akan juga saya kami anda ke karena atau bisa",
    fi: "ja on ei se että hän oli mutta ovat kun niin tai myös kuin sen olla ole joka mitä minä",
  },
  cyrillic: {
    ru: "и в не на что с по как это он она но я мы вы из за то от для так же все его бы был",
    uk: "і в не на що з як це він вона але я ми ви із за від для так же всі його та був є",
    bg: "и в не на че с по как това той тя но аз ние вие от за да се са е ще до като",
  },
  devanagari: {
    hi: "है के में की और का को से नहीं यह पर हैं एक ने भी कि हो था कर तो लिए",
    mr: "आहे आणि नाही च्या मध्ये आहेत हे तो ती ते एक मी आपण होते करून साठी पण काय का या",
    ne: "छ र को मा हो छन् पनि गर्न भने यो त्यो एक लागि थियो हुन्छ गरेको छैन",
  },
};

/** Letters that settle the matter within a script, and the share of the script's letters that they must make up: fewer may be names. */
const LETTERS: readonly (readonly [string, string, RegExp, number])[] = [
  ["latin", "vi", /[ơư]|[\u1ea0-\u1ef9]/giu, 0.05],
  ["cyrillic", "uk", /[іїєґ]/giu, 0.05],
  ["arabic", "ur", /[ٹڈڑںےھہ]/gu, 0.05],
  ["arabic", "fa", /[پچژگکی]/gu, 0.05],
  ["devanagari", "mr", /ळ/gu, 0.01],
];

const HAN_WEIGHT = 3;

/** Codes that `guessLanguage` may give. */
export const LANGUAGES: readonly string[] = [
  ...SCRIPTS.map(([name]) => name).filter((name) => name.length === 2),
  ...Object.values(WORDS).flatMap((byLanguage) => Object.keys(byLanguage)),
  "ar",
  "fa",
  "ur",
].sort();

/** ISO 639-1 code of the language of a text. */
export function guessLanguage(written: string): LanguageGuess {
  const text = written.normalize("NFC");
  // A Han character says about as much as three Latin letters: names of products do not make a Chinese sentence English.
  const weight = (script: string): number => (script === "zh" ? HAN_WEIGHT : 1);
  const counts = SCRIPTS.map(([script, letters]) => ({
    script,
    count: (text.match(letters)?.length ?? 0) * weight(script),
  }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return { known: false, why: "no letters" };
  const kana = counts.find(({ script }) => script === "ja")?.count ?? 0;
  const [most] = counts.sort((a, b) => b.count - a.count);
  if (most === undefined || most.count * 2 < total) return { known: false, why: "several scripts" };
  // Japanese is written with Han characters too; kana settle it.
  if ((most.script === "zh" || most.script === "ja") && kana * 10 * weight(most.script) >= most.count)
    return { known: true, language: "ja" };
  if (most.script === "arabic") return { known: true, language: byLetters(text, "arabic", most.count) ?? "ar" };
  const words = WORDS[most.script];
  if (words === undefined) return { known: true, language: most.script };
  const letters = byLetters(text, most.script, most.count);
  return letters === undefined ? byWords(text, words) : { known: true, language: letters };
}

function byLetters(text: string, script: string, ofScript: number): string | undefined {
  for (const [where, language, letters, share] of LETTERS) {
    if (where === script && (text.match(letters)?.length ?? 0) >= share * ofScript) return language;
  }
  return undefined;
}

function byWords(text: string, words: Readonly<Record<string, string>>): LanguageGuess {
  const tokens = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const votes = Object.entries(words)
    .map(([language, list]) => {
      const known = new Set(list.split(" "));
      return { language, count: tokens.filter((token) => known.has(token)).length };
    })
    .sort((a, b) => b.count - a.count);
  const [first, second] = votes;
  if (first === undefined || second === undefined || first.count < 2 || first.count * 25 < tokens.length) {
    return { known: false, why: `too short or too unusual to tell: ${tokens.length} words` };
  }
  if (first.count === second.count) return { known: false, why: `${first.language} or ${second.language}` };
  return { known: true, language: first.language };
}
