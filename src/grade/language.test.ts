import { describe, expect, it } from "vitest";
import { guessLanguage, LANGUAGES } from "./language.ts";

const SAMPLES: Readonly<Record<string, string>> = {
  en: "The weather is nice today and we are going to the park with all of our friends.",
  de: "Das Wetter ist heute schön und wir gehen mit allen unseren Freunden in den Park.",
  fr: "Il fait beau aujourd'hui et nous allons au parc avec tous les amis de la ville.",
  es: "Hoy hace buen tiempo y vamos al parque con todos los amigos de la ciudad.",
  it: "Oggi il tempo è bello e andiamo al parco con tutti gli amici della città.",
  pt: "Hoje o tempo está bom e nós vamos ao parque com todos os amigos da cidade.",
  nl: "Het weer is mooi vandaag en we gaan met al onze vrienden naar het park.",
  sw: "Hali ya hewa ni nzuri leo na tunakwenda katika bustani pamoja na marafiki wa mji.",
  vi: "Hôm nay thời tiết đẹp và chúng tôi đi công viên với tất cả bạn bè.",
  ru: "Сегодня хорошая погода, и мы идём в парк со всеми друзьями, как и вчера.",
  uk: "Сьогодні гарна погода, і ми йдемо до парку з усіма друзями, які є в місті.",
  bg: "Днес времето е хубаво и ние отиваме в парка с всички приятели от града.",
  zh: "今天天气很好，我们和所有的朋友一起去公园。",
  ja: "今日は天気がいいので、友達みんなと公園に行きます。",
  ko: "오늘은 날씨가 좋아서 친구들과 공원에 갑니다.",
  ar: "الطقس جميل اليوم ونحن ذاهبون إلى الحديقة مع كل الأصدقاء.",
  fa: "امروز هوا خوب است و ما با همه دوستان به پارک می‌رویم، چون کار نداریم.",
  ur: "آج موسم اچھا ہے اور ہم سب دوستوں کے ساتھ پارک جا رہے ہیں۔",
  hi: "आज मौसम अच्छा है और हम सभी दोस्तों के साथ पार्क में जा रहे हैं।",
  mr: "आज हवामान छान आहे आणि आम्ही सगळे मित्र मिळून बागेत जात आहोत.",
  el: "Σήμερα ο καιρός είναι καλός και πάμε στο πάρκο με όλους τους φίλους.",
  he: "היום מזג האוויר נעים ואנחנו הולכים לפארק עם כל החברים.",
  th: "วันนี้อากาศดีและเราไปสวนสาธารณะกับเพื่อนทุกคน",
};

describe("guessLanguage", () => {
  it.each(Object.entries(SAMPLES))("knows %s", (language, text) => {
    expect(guessLanguage(text)).toEqual({ known: true, language });
    expect(LANGUAGES).toContain(language);
  });

  it("tells Japanese from Chinese by few kana", () => {
    expect(guessLanguage("来週月曜日、東京本社営業部会議開催のお知らせ")).toEqual({ known: true, language: "ja" });
  });

  it("knows a language in capitals", () => {
    expect(guessLanguage((SAMPLES.en ?? "").toUpperCase())).toEqual({ known: true, language: "en" });
  });

  it.each(["OK", "42", "", "Paris", "ok 好 да α"])("does not guess at %j", (text) => {
    expect(guessLanguage(text).known).toBe(false);
  });
});
