import type { InboundContent } from '../../../../engine/model';
import { problemOf } from '../../../../engine/ticket/from-conversation';
import { readPriority } from '../../../../engine/ticket/types';

const said = (text: string, type: InboundContent['type'] = 'text'): InboundContent => ({
	type,
	text,
	reply: null,
	media: null,
});

describe('the problem of a conversation', () => {
	it('is what the customer wrote first, without answers to the menu (M-22)', () => {
		expect(problemOf([said('Oi'), said('2'), said('Suporte', 'menuReply'), said('Não gela'), said('', 'image')])).toBe(
			'Oi\nNão gela\n[imagem]',
		);
	});

	it('is nothing when nothing was said, and never a whole novel', () => {
		expect(problemOf([])).toBeNull();
		expect(problemOf([said('1')])).toBeNull();
		expect(problemOf([said('a'.repeat(2_000))])).toHaveLength(1_000);
		expect(problemOf(Array.from({ length: 20 }, (_, i) => said(`linha ${i}`)))!.split('\n')).toHaveLength(8);
	});
});

it('reads priorities in both languages', () => {
	expect(['Crítica', 'urgente', 'ALTA', 'média', 'baixa', 'high', 'x', ''].map(readPriority)).toEqual([
		...['critical', 'critical', 'high', 'normal', 'low', 'high'],
		...[null, null],
	]);
});
