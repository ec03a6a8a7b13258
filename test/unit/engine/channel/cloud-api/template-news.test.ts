import { readTemplateNews } from '../../../../../engine/channel/cloud-api/template-news';
import type { AccountEvent } from '../../../../../engine/model';
import { eventOf } from './fixture';

const read = (field: string, raw: unknown) =>
	readTemplateNews({ type: 'account', field, raw, summary: '', key: 'k', at: 1_000 });
const about = { message_template_id: 9, message_template_name: 'aviso', message_template_language: 'en-US' };
const status = (raw: Record<string, unknown>) => read('message_template_status_update', { ...about, ...raw })?.change;

describe('news about templates', () => {
	it.each([
		[
			'template-rejected',
			{
				type: 'status',
				status: 'rejected',
				reinstated: false,
				flagged: false,
				reason: 'o formato não foi aceito; confira variáveis, exemplos e pontuação; Variable at the end',
				recommendation: 'Add text after the variable.',
			},
		],
		['template-quality', { type: 'quality', from: 'green', to: 'red' }],
		['template-category-announced', { type: 'category', announced: true, from: 'utility', to: 'marketing' }],
		['template-category-changed', { type: 'category', announced: false, from: 'utility', to: 'marketing' }],
	])('%s is read with the template it is about', (name, change) => {
		expect(readTemplateNews(eventOf(name) as AccountEvent)).toEqual({
			id: '123',
			name: 'aviso_os',
			language: 'pt_BR',
			at: 1_790_000_006_000,
			change,
		});
	});

	it.each([
		[
			{ event: 'APPROVED', reason: 'NONE' },
			{ status: 'approved', reason: null, reinstated: false, flagged: false },
		],
		[{ event: 'FLAGGED' }, { status: 'approved', flagged: true }],
		[{ event: 'REINSTATED' }, { status: 'approved', reinstated: true }],
		[
			{ event: 'APPROVED', other_info: { title: 'UNPAUSE' } },
			{ status: 'approved', reinstated: true, reason: null },
		],
		[{ event: 'LOCKED' }, { status: 'approved' }],
		[
			{ event: 'PAUSED', other_info: { title: 'FIRST_PAUSE' } },
			{ status: 'paused', reason: 'primeira pausa, de 3 horas' },
		],
		[
			{ event: 'PAUSED', other_info: { title: 'NEW', description: 'Because.' } },
			{ status: 'paused', reason: 'Because.' },
		],
		[{ event: 'DISABLED' }, { status: 'disabled', reason: null }],
		[{ event: 'LIMIT_EXCEEDED' }, { status: 'limitExceeded' }],
		[{ event: 'SOMETHING_NEW' }, { status: 'unknown' }],
	])('a status %j', (raw, change) => {
		expect(status(raw)).toMatchObject({ type: 'status', ...change });
	});

	it('takes quality under the field of the status, as Meta shows it too', () => {
		expect(status({ previous_quality_score: 'UNKNOWN', new_quality_score: 'GREEN' })).toEqual({
			type: 'quality',
			from: 'unknown',
			to: 'green',
		});
	});

	it('knows changed content', () => {
		expect(read('message_template_components_update', about)).toMatchObject({
			language: 'en_US',
			change: { type: 'content' },
		});
	});

	it.each([
		['account_update', { event: 'X' }],
		['message_template_status_update', null],
		['message_template_status_update', { event: 'APPROVED' }],
		['message_template_status_update', { ...about }],
		['message_template_quality_update', { ...about }],
		['template_category_update', { ...about }],
		['toString', { ...about }],
	])('is nothing: %s %j', (field, raw) => {
		expect(read(field, raw)).toBeNull();
	});
});
