// What npm start says once everything runs: where to look, and how to get in.
import { CONSOLE_CREDENTIAL, ERP_CREDENTIAL } from './demo.mjs';
import { DEMO_OWNER } from './n8n.mjs';

/** The pages of the shipped workflows. @type {Array<[what: string, path: string]>} */
const PAGES = [
	['  is it connected?', 'situacao-do-whatsapp'],
	["Agents' panel", 'painel-de-atendimento'],
	['Campaigns', 'enviar-modelo'],
	['  how they went', 'acompanhar-campanha'],
	['  daily limits', 'limites-de-envio'],
	['New customer', 'cadastrar-cliente'],
	["Ticket's story", 'historia-do-chamado'],
	['Ladder rehearsal', 'ensaiar-regua'],
	["Invoice's story", 'historia-da-fatura'],
	['Ladder report', 'relatorio-de-cobranca'],
];

/** @param {{ n8n: number, simulator: number }} ports @returns {string[]} the lines of the box */
export function whereToGo(ports) {
	const n8n = `localhost:${ports.n8n}`;
	const line = (/** @type {string} */ what, /** @type {string} */ address) => `${what.padEnd(21)}${address}`;
	return [
		'WhatsApp Desk is running',
		'',
		line('n8n editor', `http://${n8n}`),
		line("Customer's phone", `http://localhost:${ports.simulator}`),
		line('WhatsApp by QR code', `http://${n8n}/webhook/whatsapp-desk`),
		line('  password', CONSOLE_CREDENTIAL.data.password),
		...PAGES.map(([what, path]) => line(what, `http://${n8n}/form/${path}`)),
		line('ERP events (POST)', `${n8n}/webhook/erp-omie-os/erp?token=${ERP_CREDENTIAL.data.secret}`),
		`Log in to n8n with ${DEMO_OWNER.email} and the password ${DEMO_OWNER.password}`,
		'',
		'This copy is open 24 h. Your hours: node "Está aberto?" of 01 · Triagem,',
		'and for reminders "Configuração" of 30 · Régua de cobrança',
		'Ctrl-C stops everything · npm start -- --reset starts over',
	];
}
