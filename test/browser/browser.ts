/** A real Chromium for the tests of the page, from a package of its own (`npm ci --prefix test/browser`). Opens files only, and reaches no network. */

/** What the tests use of Playwright. */
export interface Page {
  readonly goto: (address: string) => Promise<unknown>;
  readonly evaluate: <Result>(code: string) => Promise<Result>;
  readonly locator: (selector: string) => Locator;
  readonly keyboard: { readonly press: (key: string) => Promise<void>; readonly type: (text: string) => Promise<void> };
  readonly on: (event: "console" | "pageerror" | "request" | "dialog", listener: (told: Told) => void) => void;
  readonly emulateMedia: (media: {
    readonly media?: "print" | "screen";
    readonly colorScheme?: "dark" | "light";
  }) => Promise<void>;
  readonly screenshot: (options: { readonly path: string; readonly fullPage?: boolean }) => Promise<unknown>;
  readonly url: () => string;
  readonly close: () => Promise<void>;
}

export interface Locator {
  readonly count: () => Promise<number>;
  readonly click: () => Promise<void>;
  readonly fill: (text: string) => Promise<void>;
  readonly first: () => Locator;
  readonly allTextContents: () => Promise<readonly string[]>;
  readonly textContent: () => Promise<string | null>;
  readonly isVisible: () => Promise<boolean>;
}

interface Told {
  readonly type?: () => string;
  readonly text?: () => string;
  readonly url?: () => string;
  readonly message?: string;
}

export interface View {
  readonly width?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
}

export interface Browser {
  readonly open: (file: string, view?: View) => Promise<Opened>;
  readonly close: () => Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, dialogs, and whatever was asked for beside the file itself. */
  readonly trouble: readonly string[];
}

interface Playwright {
  readonly chromium: {
    readonly launch: (
      options: object,
    ) => Promise<{ readonly newPage: (options: object) => Promise<Page>; readonly close: () => Promise<void> }>;
  };
}

interface Packed {
  readonly default: { readonly executablePath: () => Promise<string>; readonly args: readonly string[] };
}

/** No profile of anybody's, no first run, no calls home. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(): Promise<Browser> {
  const load = <Library>(name: string): Promise<Library> => import(/* @vite-ignore */ import.meta.resolve(name));
  const { chromium } = await load<Playwright>("playwright-core");
  const { default: packed } = await load<Packed>("@sparticuz/chromium");
  // In one process the browser dies with its first closed page.
  const args = packed.args.filter((arg) => arg !== "--single-process");
  const browser = await chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...args, ...QUIET],
    headless: true,
  });
  return {
    open: async (file, { width = 1280, dark = false, script = true } = {}) => {
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        javaScriptEnabled: script,
      });
      const trouble: string[] = [];
      page.on("console", (told) => {
        if (told.type?.() === "error") trouble.push(`console: ${told.text?.()}`);
      });
      page.on("pageerror", (told) => trouble.push(`script: ${told.message}`));
      page.on("dialog", () => trouble.push("a dialog"));
      page.on("request", (told) => {
        if (told.url?.().startsWith("file:") !== true) trouble.push(`asked for ${told.url?.()}`);
      });
      await page.goto(`file://${file}`);
      return { page, trouble };
    },
    close: () => browser.close(),
  };
}
