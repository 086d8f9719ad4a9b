// The newcomer's walk in Firefox over WebDriver BiDi: node newcomer.mjs ADDRESS FIREFOX FOLDER. The last line says what was seen.
import { access } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [address, firefox, folder] = process.argv.slice(2);
const PATIENCE = 30_000;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  defaultViewport: { width: 1280, height: 720 },
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": folder,
    "browser.download.useDownloadDir": true,
    "browser.download.always_ask_before_handling_new_types": false,
    "browser.helperApps.neverAsk.saveToDisk": "application/json,text/html",
  },
});

try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const seen = {};
  const press = (where) => page.locator(where).click();
  const words = (where) => page.$eval(where, (node) => node.textContent.trim());
  /** Wait until a place says some words. */
  const says = (where, what) =>
    page.waitForFunction((at, said) => document.querySelector(at)?.textContent.includes(said), { timeout: PATIENCE }, where, what);

  await page.goto(address);
  const tour = "form[data-exercise='tour']";
  await press(`${tour} input[value='leader']`);
  await press(`${tour} .dl-main`);
  await says(`${tour} .dl-verdict`, "Not yet.");
  seen.verdict = await words(`${tour} .dl-verdict`);
  await press(`${tour} input[value='state-media']`);
  await press(`${tour} .dl-main`);
  await says(`${tour} .dl-verdict`, "Right.");
  seen.again = await words(`${tour} .dl-verdict`);
  await says("[data-cell='check']", "Right.");
  await press("form[data-exercise='path'] input[value='newsroom']");
  await says("[data-cell='progress']", "Path: in a newsroom");
  await says(".rv-map", "minutes left.");
  seen.follows = true;

  await press(".rv-go-on a");
  await says("h1", "1.1 Who is speaking?");
  seen.title = await words("h1");
  const card = "form[data-exercise='predict-quotation']";
  await press(`${card} input[value='heard']`);
  await press(`${card} .dl-main`);
  await says(`${card} .dl-verdict`, "Not yet.");
  seen.text = await page.$eval(card, (form) => {
    const [text, choice] = [".dl-passage", "input[type=radio]"].map((one) => form.querySelector(one).getBoundingClientRect());
    return text.bottom <= choice.top ? "above the choices" : "elsewhere";
  });
  await says(".rv-count", "1 of");
  seen.count = await words(".rv-count");

  const rows = "form[data-exercise='voices-p4']";
  await press(`${rows} input[type=radio]`);
  const place = () => page.$eval(`${rows} .dl-main`, (button) => button.getBoundingClientRect().top);
  await page.$eval(`${rows} .dl-main`, (button) => button.scrollIntoView({ block: "end" }));
  const before = await place();
  await press(`${rows} .dl-main`);
  await page.waitForSelector(`${rows} .dl-item .dl-note`);
  seen.pressed = Math.abs((await place()) - before) <= 1 ? "where it was" : "elsewhere";

  await press(".rv-tools-wide button");
  const name = await page.waitForSelector("dialog[open] input[type=text]");
  await name.evaluate((node) => {
    node.value = "Session 1 Kim.json";
  });
  await press("dialog[open] .dl-main");
  await says("dialog[open]", "Made.");
  const file = join(folder, "Session 1 Kim.json");
  const end = Date.now() + PATIENCE;
  while (
    !(await access(file).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > end) throw new Error("the file was not saved");
    await new Promise((go) => setTimeout(go, 50));
  }
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
