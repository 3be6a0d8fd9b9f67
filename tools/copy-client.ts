/** Copies the script of the page into `dist/`: it is JavaScript as it stands, read as text and put into each page. */
import { cpSync } from "node:fs";

cpSync("src/report/html/client", "dist/report/html/client", { recursive: true });
