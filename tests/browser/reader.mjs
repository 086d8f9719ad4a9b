// A reader of the book in Firefox over WebDriver BiDi: node reader.mjs ADDRESS FIREFOX FOLDER. The last line says what was seen.
// Between the two halves it prints "stop the server" and waits for a line, so that the second half has no network.
import { once } from "node:events";
import { access } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [address, firefox, folder] = process.argv.slice(2);
const PATIENCE = 90_000;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  defaultViewport: { width: 1280, height: 720 },
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": folder,
    "browser.download.useDownloadDir": true,
    "browser.helperApps.neverAsk.saveToDisk": "application/json",
  },
});

try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const seen = { errors: [] };
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  const press = (where) => page.locator(where).click();
  const words = (where) => page.$eval(where, (node) => node.textContent.trim());
  const says = (where, what) =>
    page.waitForFunction((at, said) => document.querySelector(at)?.textContent.includes(said), { timeout: PATIENCE }, where, what);
  const alive = (name) => page.waitForSelector(`article[data-page$='/${name}.ipynb'][data-alive]`);

  await page.goto(`${address}11-who-is-speaking.html`);
  const card = "form[data-exercise='predict-quotation']";
  await press(`${card} input[value='heard']`);
  await press(`${card} .dl-main`);
  await says(`${card} .dl-verdict`, "Not yet.");
  await press(`${card} input[value='relayed']`);
  await press(`${card} .dl-main`);
  await says(`${card} .dl-verdict`, "Right.");
  await says(".rv-count", "1 of");
  seen.count = await words(".rv-count");
  await page.reload();
  await page.waitForSelector(`${card} input[value='relayed']:checked`);
  seen.kept = true;
  await alive("11-who-is-speaking");

  await press(".rv-tools-wide button");
  await press("dialog[open] .dl-main");
  await says("dialog[open]", "Saved as my-answers.json");
  const file = join(folder, "my-answers.json");
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
  await page.keyboard.press("Escape");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

  console.log("stop the server");
  await once(process.stdin, "data");
  await page.goto(`${address}24-as-much-as-you-know.html`);
  await alive("24-as-much-as-you-know");
  seen.offline = await words("h1");
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
  process.stdin.destroy();
}
