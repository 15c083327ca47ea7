import ts from 'typescript'

/**
 * Ajv's code with errors that say where and nothing else, for a program that must be small: a third of the code is for
 * what they say beside that, and for keywords that look at what other schemas have seen.
 */
export function placeOnly(code: string): string {
  const source = ts.createSourceFile('validator.js', code, ts.ScriptTarget.Latest, true)
  const result = ts.transform(source, [(context) => (file) => visitFile(file, context)])
  return result.transformed.map((file) => ts.createPrinter().printFile(file)).join('')
}

function visitFile(file: ts.SourceFile, context: ts.TransformationContext): ts.SourceFile {
  const { factory } = context

  function visit(node: ts.Node): ts.Node | undefined {
    if (isAboutEvaluated(node)) return undefined
    if (ts.isObjectLiteralExpression(node) && node.properties.some((member) => nameOf(member) === 'schemaPath')) {
      return factory.updateObjectLiteralExpression(
        node,
        node.properties.filter((member) => nameOf(member) === 'instancePath'),
      )
    }
    return ts.visitEachChild(node, visit, context)
  }

  return ts.visitEachChild(file, visit, context)
}

/** `validate1.evaluated = …`, `const evaluated0 = validate1.evaluated` and the two conditions on that. */
function isAboutEvaluated(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node) && ts.isBinaryExpression(node.expression)) {
    return isMember(node.expression.left, 'evaluated')
  }
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.some(
      ({ initializer }) => initializer && isMember(initializer, 'evaluated'),
    )
  }
  return (
    ts.isIfStatement(node) && (isMember(node.expression, 'dynamicProps') || isMember(node.expression, 'dynamicItems'))
  )
}

function isMember(node: ts.Node, name: string): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === name
}

function nameOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  return name && ts.isIdentifier(name) ? name.text : undefined
}
