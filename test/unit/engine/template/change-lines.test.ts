import type { Template } from '../../../../engine/model-template';
import { changeLines } from '../../../../engine/template/change-lines';
import { aTemplate } from './support';

const NOW = Date.UTC(2026, 2, 10, 13);
const lines = (before: Partial<Template> | null, after: Partial<Template>) =>
	changeLines(
		'cloudApi:1',
		before ? [{ template: aTemplate(before), updatedAt: 0, editedAt: null }] : [],
		[aTemplate(after)],
		NOW,
	).map(({ event, text }) => `${event}: ${text}`);

describe('what a new reading of the list shows', () => {
	it('is told by the new state (C-34)', () => {
		expect(lines({ status: 'pending' }, {})).toEqual([
			'templateApproved: O modelo "pedido_saiu" (pt_BR) foi aprovado e já pode ser enviado.',
		]);
		expect(lines({ status: 'pending' }, { status: 'rejected', reason: 'o texto parece golpe.' })).toEqual([
			'templateRejected: O modelo "pedido_saiu" (pt_BR) foi rejeitado: o texto parece golpe.',
		]);
		expect(lines({ status: 'paused' }, {})).toEqual([
			'templateReinstated: O modelo "pedido_saiu" (pt_BR) voltou a valer.',
		]);
		expect(lines({}, { status: 'archived' })).toEqual([
			'templateStatusChanged: O modelo "pedido_saiu" (pt_BR) foi arquivado.',
		]);
	});

	it('tells a new category with its price (C-30)', () => {
		expect(lines({}, { category: 'marketing' })).toEqual([
			'templateRecategorised: A Meta mudou o modelo "pedido_saiu" (pt_BR) de utilidade para marketing. Cada envio passa a custar o preço de marketing.',
		]);
	});

	it('tells nothing about what is new to us, unchanged or unclear', () => {
		expect(lines(null, {})).toEqual([]);
		expect(lines({ quality: 'red', reason: 'x' }, {})).toEqual([]);
		expect(lines({}, { status: 'unknown' })).toEqual([]);
	});
});
