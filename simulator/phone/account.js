import { post } from './api.js';
import { el } from './dom.js';
import { store } from './store.js';

/** What Meta thinks of the number: quality, limits, restrictions, the token. */
const QUALITY = { GREEN: 'alta', YELLOW: 'média', RED: 'baixa', UNKNOWN: 'desconhecida' };
const LIMITS = {
	TIER_250: '250',
	TIER_2K: '2.000',
	TIER_10K: '10.000',
	TIER_100K: '100.000',
	TIER_UNLIMITED: 'sem limite de',
};
const DAY = 86_400_000;

export function accountSection() {
	const { account } = store;
	if (!account) return [];
	const health = (body) => post(`numbers/${store.phoneNumberId}/health`, body);
	return [
		el(
			'p',
			{ class: 'explain' },
			`Qualidade ${QUALITY[account.quality] ?? account.quality}, ${LIMITS[account.limit] ?? account.limit} contatos por dia fora da janela.`,
		),
		toggle(
			'number-flagged',
			'Número denunciado',
			'Qualidade baixa; modelos são recusados (131048)',
			account.spamLimited,
			(on) => health({ event: on ? 'FLAGGED' : 'UNFLAGGED', spamLimited: on }),
		),
		toggle(
			'account-restricted',
			'Conta restrita por 24 h',
			'Só respostas a quem escreveu (368)',
			account.restriction !== null,
			(on) => post(`accounts/${account.wabaId}/restriction`, on ? { forMs: DAY } : { type: null }),
		),
		toggle('no-payment', 'Sem forma de pagamento', 'Aceita e não entrega (131042)', account.paymentProblem, (on) =>
			health({ paymentProblem: on }),
		),
		toggle('token-expired', 'Token expirado', 'Tudo é recusado (190)', account.tokenExpired, (on) =>
			post(`numbers/${store.phoneNumberId}/token`, { expired: on }),
		),
	];
}

function toggle(testid, label, detail, checked, change) {
	const box = el('input', { type: 'checkbox', role: 'switch', testid, checked, onchange: () => change(box.checked) });
	return el('label', { class: 'switch' }, el('span', {}, el('strong', {}, label), el('small', {}, detail)), box);
}
