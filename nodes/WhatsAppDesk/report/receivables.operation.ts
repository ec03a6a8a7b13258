import { UserError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { readTaxId, receivableReport } from '../../../engine/index';
import type { ReceivableReport } from '../../../engine/index';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { openAmountsOf, type OpenRows } from './open-amounts';
import { periodFields, periodOf } from './period';

export const receivablesOperation: DeskOperation = {
	value: 'receivables',
	name: 'Receivables',
	action: 'Report receivables',
	description:
		'What the payment reminders brought: read, answered, paid and promised by step, costs, and what is overdue',
	properties: [
		...periodFields,
		{
			displayName: 'Creditor',
			name: 'creditor',
			type: 'string',
			default: '',
			placeholder: 'e.g. 11.222.333/0001-81',
			description: 'CNPJ, CPF or another key. When empty, all creditors.',
		},
		{
			displayName: 'Items',
			name: 'layout',
			type: 'options',
			options: [
				{ name: 'Steps and Total', value: 'all', description: 'One item per step of the ladder, then the total' },
				{ name: 'Steps Only', value: 'steps', description: 'One item per step of the ladder' },
				{ name: 'Total Only', value: 'total', description: 'One item, with a text that can be sent on' },
			],
			default: 'all',
			description: 'Which items come out; "kind" says which is which',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Open Receivables',
					name: 'open',
					type: 'json',
					default: '={{ $input.all().map((item) => item.json) }}',
					description:
						'List of what is owed, with the fields the Dunning Planner reads. Without it, what the desk knows of receivables it was told about. Turn on "Execute Once" when it comes from many items.',
				},
				{
					displayName: 'Recovery Days',
					name: 'recoveryDays',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 365 },
					default: 7,
					description: 'A payment counts for the last reminder before it when it came within so many days',
				},
			],
		},
	],
	run: async (call) => {
		const { desk, params, context } = call;
		const { from, to } = periodOf(call);
		const creditor = params.text('creditor');
		const { recoveryDays } = params.collection<{ recoveryDays: number }>('options');
		const rows = openRowsOf(call, creditor);
		const report = await receivableReport(desk, {
			...{ from, to, zone: context.getTimezone() },
			creditor: creditor || undefined,
			recoveryDays: recoveryDays === undefined ? undefined : Math.max(0, Math.floor(Number(recoveryDays))),
			open: rows?.open,
		});
		const layout = params.text('layout');
		return [...(layout === 'total' ? [] : stepsOf(report)), ...(layout === 'steps' ? [] : [totalOf(report, rows)])];
	},
};

function openRowsOf({ params }: DeskCall, creditor: string): OpenRows | null {
	const { open } = params.collection<{ open: unknown }>('options');
	if (open === undefined || open === null || open === '') return null;
	const list = typeof open === 'string' ? parsed(open) : open;
	if (!Array.isArray(list)) {
		throw new UserError('"Open Receivables" must be a list.', {
			description: 'Enter a JSON list, or an expression such as {{ $input.all().map((item) => item.json) }}.',
		});
	}
	const id = readTaxId(creditor);
	return openAmountsOf(list, id.ok ? id.digits : creditor);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function stepsOf({ period, creditor, steps }: ReceivableReport): IDataObject[] {
	return steps.map((figures) => ({ kind: 'step', ...period, creditor, ...figures }) as unknown as IDataObject);
}

function totalOf(
	{ period, creditor, total, events, ageing, text }: ReceivableReport,
	rows: OpenRows | null,
): IDataObject {
	const unreadable = rows === null ? {} : { unreadable: rows.unreadable, problem: rows.problem };
	return {
		kind: 'total',
		...period,
		creditor,
		...total,
		events,
		ageing,
		...unreadable,
		text,
	} as unknown as IDataObject;
}
