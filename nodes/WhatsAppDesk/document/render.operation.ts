import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { UserError } from 'n8n-workflow';
import { renderDocument } from '../../../engine/index';
import { instantOf } from '../../shared/instant-of';
import { FileItem } from '../../shared/operation';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { binaryField, creditorField, jsonOf, kindField, kindOf } from './fields';

export const renderOperation: DeskOperation = {
	value: 'render',
	name: 'Render',
	action: 'Render a document',
	description: 'Make the PDF of an agreement or a debt statement; "rendered" says whether, "reason" why not',
	properties: [
		kindField,
		{
			...creditorField,
			description:
				'CNPJ, CPF or another key of the creditor whose template is used. When empty, the document of the creditor in the data.',
		},
		{
			displayName: 'Data',
			name: 'data',
			type: 'json',
			typeOptions: { rows: 10 },
			required: true,
			default: '={{ $json }}',
			description:
				'Creditor, debtor, titles and, for an agreement, its terms. Amounts are cents ("amountCents": 45990) or reais ("amount": "459,90"), dates are YYYY-MM-DD.',
			hint: 'creditor and debtor {name, document, address, phone, email}, number, titles [{number, issuedOn, dueDate, amount}], charges {finePercent, monthlyInterestPercent}, agreement {discount, downPayment, count, firstDueDate}, acceptance {messageId, text, at}',
		},
		binaryField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'As of Date',
					name: 'asOf',
					type: 'dateTime',
					default: '',
					description: 'Day to which amounts are updated; today when it is neither here nor in the data',
				},
				{
					displayName: 'Place',
					name: 'place',
					type: 'string',
					default: '',
					placeholder: 'e.g. São Paulo',
					description: 'City written before the date',
				},
				{
					displayName: 'Signed By',
					name: 'signedBy',
					type: 'string',
					default: '',
					placeholder: 'e.g. Maria Oliveira',
					description: 'Who signs for the creditor: #NOME_USUARIO#',
				},
			],
		},
	],
	run: async (call) => {
		const { desk, params, context } = call;
		const kind = kindOf(call);
		const field = params.requiredText('binaryField');
		const data = { ...asObject(jsonOf(call, 'data', 'Data')), ...optionsOf(call) };
		const request = { kind, creditor: params.text('creditor'), data };
		const result = await renderDocument(desk, request, context.getTimezone());
		if (!result.ok) {
			const { code, explanation, problems } = result;
			return { rendered: false, kind, code, reason: explanation, problems: problems.map((each) => ({ ...each })) };
		}
		const { bytes, fileName, mimeType, pages, hint, template, facts } = result;
		const { number, asOf, creditor, totals, agreement } = facts;
		const binary = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
		const json: IDataObject = {
			...{ rendered: true, kind, fileName, mimeType, pages, size: bytes.length, template, hint },
			...{ number, asOf, creditor: creditor.documentKey, totals: { ...totals } },
			agreement: agreement && {
				...{ agreedCents: agreement.agreedCents, totalCents: agreement.totalCents },
				instalments: agreement.instalments.map((each) => ({ ...each })),
			},
		};
		return new FileItem(json, { [field]: binary });
	},
};

interface Options {
	asOf: unknown;
	place: string;
	signedBy: string;
}

function optionsOf({ params, context }: DeskCall): IDataObject {
	const { asOf, place, signedBy } = params.collection<Options>('options');
	return {
		...(place ? { place } : {}),
		...(signedBy ? { signedBy } : {}),
		...(asOf ? { asOf: dayOf(asOf, context.getTimezone()) } : {}),
	};
}

function dayOf(given: unknown, zone: string): string {
	const at = instantOf(given, zone);
	if (!Number.isNaN(at)) return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
	throw new UserError('"As of Date" is no date that can be read.', {
		description: 'Pick a date, or enter one like 2026-11-30 or 30/11/2026.',
	});
}

function asObject(value: unknown): object {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new UserError('"Data" must be an object.', {
		description: 'Enter JSON that starts with {, or an expression such as {{ $json }}.',
	});
}
