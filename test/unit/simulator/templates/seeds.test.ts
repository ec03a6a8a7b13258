import { checkDefinition, checkName } from '../../../../simulator/templates/check-definition';
import { categoryFor } from '../../../../simulator/templates/judge';
import { DEMO_TEMPLATES } from '../../../../simulator/templates/seeds';

describe('the templates of the demonstration (C-32)', () => {
	it.each(DEMO_TEMPLATES)(
		'could have been approved: $name',
		({ name, language, category, parameterFormat, components }) => {
			expect(checkName(name, language)).toBeNull();
			expect(
				checkDefinition({
					category: category!,
					named: parameterFormat === 'NAMED',
					components,
					knowsHandle: () => false,
				}),
			).toBeNull();
			expect(categoryFor(category!, components)).toBe(category);
		},
	);
});
