// Packets opened when they are needed: texts in idle moments for the search, rows when an incident is looked at.

import { decoded, records, table, textPacket, unpacked } from "./columns.js";

export class Store {
  constructor(document) {
    this.document = document;
    this.textPackets = [];
    this.rowPackets = [];
  }

  async open() {
    this.table = table(await unpacked(this.source("columns").textContent));
    this.chunks = Math.ceil(this.table.count / this.table.chunk);
    this.textChunks = this.table.text ? this.chunks : 0;
    return this.table;
  }

  source(name) {
    return this.document.getElementById(`data-${name}`);
  }

  // Packets stand after the program in the page: the first look may come before the parser reached them.
  async parsed() {
    if (this.document.readyState === "loading") {
      await new Promise((done) => this.document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
  }

  async packet(name) {
    if (!this.source(name)) await this.parsed();
    return unpacked(this.source(name).textContent);
  }

  // A page may be made without texts: then nothing in its rows points to one.
  texts(number) {
    if (!this.table.text) return Promise.resolve(null);
    return (this.textPackets[number] ??= this.packet(`text-${number}`).then(textPacket));
  }

  rows(number) {
    return (this.rowPackets[number] ??= Promise.all([this.texts(number), this.packet(`rows-${number}`)]).then(
      ([texts, bytes]) => records(JSON.parse(decoded(bytes)), texts),
    ));
  }

  async feature(incident) {
    const { chunk } = this.table;
    return (await this.rows(Math.floor(incident / chunk)))[incident % chunk];
  }

  async features(incidents) {
    const found = [];
    for (const incident of incidents) found.push(await this.feature(incident));
    return found;
  }

  // The order incidents had before they were sorted by date: exports keep it.
  asGiven(incidents) {
    const { order } = this.table;
    return order ? incidents.slice().sort((a, b) => order[a] - order[b]) : incidents;
  }

  // The number of the incident with this id, -1 if none has: packets are opened one after another until it is found.
  async find(id) {
    for (let number = 0; number < this.chunks; number++) {
      const rows = await this.rows(number);
      const at = rows.findIndex((feature) => (feature.properties.id ?? feature.id) === id);
      if (at >= 0) return number * this.table.chunk + at;
    }
    return -1;
  }
}
