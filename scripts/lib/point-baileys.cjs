// Preloaded (node --require) into processes that shall talk to the simulator instead of WhatsApp: `npm start`, e2e
// tests, benchmarks. Whoever loads Baileys then gets it with another address, another root key to trust, and the
// certificate of the simulator's media host. The file named by WHATSAPP_WEB_POINTER says which; the product knows nothing.
const { registerHooks } = require('node:module');

const DEFAULTS = /@whiskeysockets\/baileys\/lib\/Defaults\/index\.js$/;

globalThis.pointBaileysAtSimulator = ({ DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS }) => {
	const { readFileSync } = require('node:fs');
	const tls = require('node:tls');
	const { url, rootKey, certificate } = JSON.parse(readFileSync(process.env.WHATSAPP_WEB_POINTER, 'utf8'));
	DEFAULT_CONNECTION_CONFIG.waWebSocketUrl = url;
	WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
	tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
};

registerHooks({
	load(url, context, next) {
		const loaded = next(url, context);
		if (!DEFAULTS.test(url)) return loaded;
		const call = '\nglobalThis.pointBaileysAtSimulator({ DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS });\n';
		return { ...loaded, source: `${loaded.source}${call}` };
	},
});
